import type { FactId } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { OpenProject } from '../open-projects.js'
import type { Drafts } from '../writing/index.js'

/** After a merge, an undo or a redo anything may have changed, texts that are open too. */
export async function announceItems({ drafts, events }: { readonly drafts: Drafts; readonly events: Events }, project: OpenProject, items: readonly FactId[]): Promise<void> {
  const { handle } = project
  await drafts.follow(project, items)
  for (const item of items) {
    events.publish({ type: 'item.changed', project: handle, item })
    events.publish({ type: 'review.changed', project: handle, item })
  }
  events.publish({ type: 'project.changed', project: handle })
  events.publish({ type: 'history.changed', project: handle })
}
