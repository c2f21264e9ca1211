import type { ItemSummary } from '../../../contract/index.js'
import type { MessageId } from '../../messages/t.js'
import type { TabId } from '../inspector/tab-ids.js'

export interface TourStep {
  readonly title: MessageId
  readonly text: MessageId
  /** What the step is about, where one press can show it. */
  readonly show?: { readonly label: MessageId; readonly item: (items: readonly ItemSummary[]) => ItemSummary | undefined; readonly tab: TabId }
}

// What is shown is found by its state and not by its name: somebody may have renamed it since.
const open = (items: readonly ItemSummary[]) => items.find((item) => item.openProposals > 0)
const approved = (items: readonly ItemSummary[]) => items.find((item) => item.kind === 'text' && item.state === 'approved')

export const steps: readonly TourStep[] = [
  { title: 'tour.desk', text: 'tour.desk-text' },
  { title: 'tour.piece', text: 'tour.piece-text', show: { label: 'tour.piece-show', item: open, tab: 'make' } },
  { title: 'tour.versions', text: 'tour.versions-text', show: { label: 'tour.versions-show', item: approved, tab: 'versions' } },
  { title: 'tour.review', text: 'tour.review-text', show: { label: 'tour.review-show', item: approved, tab: 'review' } },
  { title: 'tour.here', text: 'tour.here-text' },
]
