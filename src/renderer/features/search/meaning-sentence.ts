import type { MeaningState } from '../../../contract/index.js'
import { formatShare } from '../../format/share.js'
import { t } from '../../messages/t.js'

/** In one sentence why not everything can be found by meaning; null where it can. */
export function meaningSentence({ state, share, waits }: MeaningState): string | null {
  if (state === 'ready') return null
  if (state !== 'reading') return t(`search.meaning-${state}`)
  return t(waits === null ? 'search.reading-so-far' : `search.reading-waits-${waits}`, { share: formatShare(share) })
}
