import { formatClock } from '../../format/time.js'
import { t } from '../../messages/t.js'
import type { DraftStatus } from './draft-session.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'

/** Words a minute when a text is read aloud. */
const readingSpeed = 180

export function StatusLine({ desk }: { readonly desk: TextDesk }) {
  const counts = useStore(desk.counts)
  const status = useStore(desk.status)
  const { proposal } = useStore(desk.proposals.shown)
  const difference = proposal ? desk.proposals.difference() : null
  return (
    <div className="status-line">
      {counts ? <span className="number">{t('writing.words', { count: counts.words })}</span> : null}
      {counts ? <span className="reading-time">{t('writing.reading-time', { minutes: Math.round(counts.words / readingSpeed) })}</span> : null}
      {difference === null ? null : <span>{lengthOf(difference)}</span>}
      <span className="gap" />
      <span role="status" className="number">{kept(status)}</span>
    </div>
  )
}

function lengthOf(difference: number): string {
  if (difference === 0) return t('writing.same-length')
  return difference < 0 ? t('writing.shorter', { count: -difference }) : t('writing.longer', { count: difference })
}

function kept({ failure, unsent, keptAt, writable, phase }: DraftStatus): string {
  if (failure && unsent) return t('writing.not-kept')
  if (!writable || phase === 'opening') return ''
  // While somebody types there is always something on its way; only a time that stands still means something.
  if (keptAt !== null) return t('writing.kept', { time: formatClock(keptAt) })
  return unsent ? t('writing.keeping') : ''
}
