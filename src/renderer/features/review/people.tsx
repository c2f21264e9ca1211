import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { MemberView } from '../../../contract/index.js'
import { initials } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button, IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { useMembers } from './use-review.js'

/** Who wrote in this project, and whose decisions count. The founder admits the others. */
export function People({ project, isReadOnly }: { readonly project: string; readonly isReadOnly: boolean }) {
  const { members, me } = useMembers(project)
  const admit = useMutation(studio.review.admit.mutationOptions())
  if (members.length === 0) return null
  return (
    <section className="pane-section" aria-label={t('review.people')}>
      <h2 className="pane-head">
        {t('review.people')}
        <span className="more number">{t('review.people-count', { count: members.length })}</span>
      </h2>
      <ul>
        {members.map((member) => (
          <li key={member.key} className="member">
            <span className="person" aria-hidden="true">
              {initials(member.person.name)}
            </span>
            <span className="member-name">
              <span className="truncate block">{member.me ? t('review.me', { name: member.person.name }) : member.person.name}</span>
              <span className="small faint block number">
                {standing(member)}, {t('review.commits', { count: member.commits })}
              </span>
            </span>
            {me?.founder && !member.admitted && !isReadOnly ? (
              <Button
                size="small"
                isDisabled={admit.isPending}
                aria-label={t('review.admit-person', { name: member.person.name })}
                onPress={() => admit.mutate({ project, key: member.key })}
              >
                {t('review.admit')}
              </Button>
            ) : null}
            {me?.founder && member.admitted && !member.founder && !isReadOnly ? <Dismiss project={project} member={member} /> : null}
          </li>
        ))}
      </ul>
      {admit.error ? <ErrorNotice error={admit.error} onClose={() => admit.reset()} /> : null}
    </section>
  )
}

/** Ends a membership, after one more question: what this person decided counts no more. */
function Dismiss({ project, member: { key, person } }: { readonly project: string; readonly member: MemberView }) {
  const [isAsked, setAsked] = useState(false)
  const dismiss = useMutation(studio.review.dismiss.mutationOptions())
  if (!isAsked) return <IconButton icon="x" small label={t('review.dismiss-person', { name: person.name })} onPress={() => setAsked(true)} />
  return (
    <div className="member-dismiss" role="group" aria-label={t('review.dismiss-person', { name: person.name })}>
      <p className="small">{t('review.dismiss-what', { name: person.name })}</p>
      {dismiss.error ? <ErrorNotice error={dismiss.error} onClose={() => dismiss.reset()} /> : null}
      <div className="row">
        <Button size="small" look="danger" autoFocus isDisabled={dismiss.isPending} onPress={() => dismiss.mutate({ project, key })}>
          {t('review.dismiss')}
        </Button>
        <Button size="small" look="quiet" onPress={() => setAsked(false)}>
          {t('general.cancel')}
        </Button>
      </div>
    </div>
  )
}

function standing(member: MemberView): string {
  if (member.founder) return t('review.founder')
  if (!member.admitted) return t('review.not-admitted')
  return member.role ?? t('review.member')
}
