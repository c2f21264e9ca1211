import type { StudioEventType } from './events.js'
import type { StudioContract } from './operations/index.js'

type Path = { [G in keyof StudioContract]: `${G & string}.${keyof StudioContract[G] & string}` }[keyof StudioContract]

/** Which answers an event makes stale, declared here once and applied in the renderer's `freshness.ts`. */
export const stale: Record<StudioEventType, readonly Path[]> = {
  'project.opened': ['projects.recent', 'projects.get'],
  'project.closed': ['projects.recent', 'projects.get'],
  'project.changed': ['projects.recent', 'projects.get', 'review.members', 'review.view', 'review.threads', 'review.log'],
  'item.changed': ['items.list', 'items.get', 'items.versions', 'items.lineage', 'pictures.list', 'pictures.promptHistory', 'texts.brief', 'projects.get', 'items.outline'],
  'version.created': ['items.list', 'items.get', 'items.versions', 'items.lineage', 'pictures.list', 'pictures.promptHistory', 'projects.get', 'review.view', 'review.threads', 'review.waiting', 'copies.heads', 'items.outline', 'texts.draft'],
  'draft.changed': ['projects.get', 'texts.draft'],
  'draft.replaced': ['texts.proposals', 'items.list', 'texts.draft'],
  'proposal.changed': ['texts.proposals', 'items.list', 'items.get'],
  'review.changed': ['items.list', 'items.get', 'items.versions', 'review.view', 'review.threads', 'review.waiting', 'copies.heads', 'items.outline'],
  'history.changed': ['projects.history', 'review.log'],
  'job.changed': ['jobs.list', 'jobs.get'],
  'job.progressed': [],
  'call.progressed': [],
  'models.changed': ['models.list', 'pictures.capabilities', 'pictures.enlargement', 'pictures.remakeOutlook'],
  'engines.changed': ['system.engines', 'models.list'],
  'settings.changed': ['system.settings', 'pictures.capabilities'],
  'meaning.changed': ['search.meaning'],
}
