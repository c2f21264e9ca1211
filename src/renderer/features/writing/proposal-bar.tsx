import { t } from '../../messages/t.js'
import { Button, IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'

/** What is proposed, how far the deciding is, and deciding all the rest. */
export function ProposalBar({ desk, isReadOnly }: { readonly desk: TextDesk; readonly isReadOnly: boolean }) {
  const { proposal, ids } = useStore(desk.proposals.shown)
  const error = useStore(desk.proposals.error)
  if (!proposal) return error ? <ProposalError desk={desk} error={error} /> : null
  const { pieces } = proposal
  const left = pieces.filter(({ outcome }) => outcome === 'open')
  const accepted = pieces.filter(({ outcome }) => outcome === 'accepted').length
  const unfit = left.filter(({ changed }) => changed).length
  const counts = left.length === pieces.length
    ? t('proposal.counts-first', { pieces: pieces.length })
    : t('proposal.counts', { pieces: pieces.length, accepted, left: left.length })
  return (
    <>
      <div className="proposal-bar" role="region" aria-label={t('proposal.region')}>
        <Icon name="chip" />
        <span className="strong truncate">{t('proposal.named', { title: proposal.title })}</span>
        <span className="secondary number" role="status">
          {counts}
          {unfit > 0 ? `, ${t('proposal.changed', { count: unfit })}` : ''}
        </span>
        {ids.length > 1 ? (
          <Button size="small" look="quiet" onPress={() => desk.proposals.showNextProposal()} aria-label={t('proposal.next-proposal')}>
            {t('proposal.which', { number: ids.indexOf(proposal.id) + 1, count: ids.length })}
          </Button>
        ) : null}
        <span className="push row proposal-acts">
          <IconButton icon="up" label={t('proposal.previous')} keys="K" onPress={() => desk.proposals.go(-1)} />
          <IconButton icon="down" label={t('proposal.next')} keys="J" onPress={() => desk.proposals.go(1)} />
          <Button size="small" isDisabled={isReadOnly} onPress={() => void desk.proposals.decideRest('rejected')}>{t('proposal.reject-rest')}</Button>
          <Button size="small" isDisabled={isReadOnly || unfit === left.length} onPress={() => void desk.proposals.decideRest('accepted')}>
            {t('proposal.accept-rest')}
          </Button>
        </span>
      </div>
      {error ? <ProposalError desk={desk} error={error} /> : null}
    </>
  )
}

function ProposalError({ desk, error }: { readonly desk: TextDesk; readonly error: unknown }) {
  return <ErrorNotice error={error} onClose={() => desk.proposals.error.set(null)} />
}
