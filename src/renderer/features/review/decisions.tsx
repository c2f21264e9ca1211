import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { ReviewView } from '../../../contract/index.js'
import { formatDay, formatWhenInside } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { StateShape } from '../../ui/review-state.js'
import { factsOf, type ReviewFact } from './facts.js'
import { useMembers } from './use-review.js'

interface DecisionsProps {
  readonly project: string
  readonly view: ReviewView
  /** The version that stands in front; what was decided on others is folded away. */
  readonly version: string | null
}

/** What was asked and decided, newest first: who, on which version, when, and whether the signature holds. */
export function Decisions({ project, view, version }: DecisionsProps) {
  const [showsEarlier, setShowsEarlier] = useState(false)
  const { me } = useMembers(project)
  const admit = useMutation(studio.review.admit.mutationOptions())
  const onAdmit = me?.founder && !admit.isPending ? (key: string) => admit.mutate({ project, key }) : null
  const facts = factsOf(view)
  const now = facts.filter((fact) => fact.version === version)
  const earlier = facts.filter((fact) => fact.version !== version)
  return (
    <section className="pane-section" aria-label={t('review.decisions')}>
      <h2 className="pane-head facts-head">
        {t('review.decisions')}
        <AriaButton className="more" onPress={() => showView({ type: 'log' })}>
          <Icon name="log" small />
          {t('review.audit-log')}
        </AriaButton>
      </h2>
      {admit.error ? <ErrorNotice error={admit.error} onClose={() => admit.reset()} /> : null}
      {facts.length === 0 ? <p className="small secondary">{t('review.no-decisions')}</p> : null}
      <ul>
        {now.map((fact) => (
          <Fact key={fact.id} fact={fact} onAdmit={onAdmit} />
        ))}
      </ul>
      {earlier.length > 0 ? (
        <AriaButton className="row small secondary unfold" aria-expanded={showsEarlier} onPress={() => setShowsEarlier(!showsEarlier)}>
          <Icon name={showsEarlier ? 'down' : 'right'} small />
          {t('review.earlier', { count: earlier.length })}
        </AriaButton>
      ) : null}
      {showsEarlier ? (
        <ul>
          {earlier.map((fact) => (
            <Fact key={fact.id} fact={fact} onAdmit={onAdmit} isPast />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

interface FactProps {
  readonly fact: ReviewFact
  readonly isPast?: boolean
  readonly onAdmit: ((key: string) => void) | null
}

function Fact({ fact, isPast = false, onAdmit }: FactProps) {
  const { decision, request } = fact
  const when = t('review.when', { number: fact.ordinal, time: formatWhenInside(fact.at) })
  const isReplaced = decision !== undefined && decision.counts && !decision.standing && !isPast
  return (
    <li className={`fact ${isPast || isReplaced || decision?.counts === false ? 'is-past' : ''}`}>
      <StateShape state={fact.shape} />
      <span>
        <strong className="medium">{fact.person}</strong>{' '}
        {decision
          ? t(`review.did.${decision.decision}`)
          : request && request.to.length > 0
            ? t('review.did.request-of', { names: request.to.map(({ name }) => name).join(', ') })
            : t('review.did.request')}
      </span>
      {decision ? <Seal holds={decision.sealed} /> : <span />}
      <span className="when number">
        {when}
        {request?.due ? `, ${t('review.due', { date: formatDay(request.due) })}` : ''}
        {decision && !decision.counts ? (
          <span className="block not-counted">
            {t('review.does-not-count', { person: fact.person })}{' '}
            {onAdmit ? (
              <AriaButton className="link fact-admit" aria-label={t('review.admit-person', { name: fact.person })} onPress={() => onAdmit(decision.key)}>
                {t('review.admit')}
              </AriaButton>
            ) : null}
          </span>
        ) : null}
        {isReplaced ? <span className="block">{t('review.replaced')}</span> : null}
      </span>
      {fact.words === '' ? null : <p className="what fact-words">{fact.words}</p>}
    </li>
  )
}

function Seal({ holds }: { readonly holds: boolean }) {
  const words = holds ? t('review.seal-holds') : t('review.seal-broken')
  return (
    <span className={`seal ${holds ? '' : 'is-broken'}`} title={words}>
      <Icon name={holds ? 'seal' : 'warn'} small />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}
