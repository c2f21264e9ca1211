import { StudioError, type FactId } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobRunner } from '../jobs/index.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import type { ItemRow } from '../project/index.js'
import { exportAll, type ExportRun, type ExportServices } from './export-all.js'
import { exportMarkdown } from './export-markdown.js'
import { removeStaged } from './staging.js'

/** What an export keeps in the queue. `items` null: all that are there when it begins. */
export type ExportJobParams = { readonly path: string; readonly items: readonly FactId[] | null } & (
  | { readonly type: 'everything'; readonly pictures: 'as-they-are' | 'png'; readonly prompts: boolean }
  | { readonly type: 'markdown' }
)

interface Surroundings {
  readonly services: () => ExportServices
  readonly projects: OpenProjects
  readonly events: Events
}

/** Items that went away since the export was asked for stay out. */
const itemsOf = ({ writer }: OpenProject, items: readonly FactId[] | null): ItemRow[] =>
  items === null ? writer.items().filter((one) => !one.deleted) : items.flatMap((id) => writer.item(id) ?? [])

/** The runner of exports. One that is stopped, in whatever way, leaves nothing where it was going to; another try begins anew. */
export function createExportRunner({ services, projects, events }: Surroundings): JobRunner {
  return {
    lane: 'files',
    afterRestart: 'interrupt',
    leftBehind: (job) => removeStaged((job.params as ExportJobParams).path, job.id),
    async run(job, { signal, progress, outcome, answer }) {
      const project = projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      const params = job.params as ExportJobParams
      const items = itemsOf(project, params.items)
      const run: ExportRun = { job: job.id, signal, onProgress: progress }
      const done = params.type === 'markdown' ? await exportMarkdown(services(), project, { path: params.path, items }, run) : await exportAll(services(), project, { ...params, items }, run)
      // An export of what is approved makes an item published.
      for (const item of new Set(done.files.map((file) => file.item))) events.publish({ type: 'review.changed', project: project.handle, item })
      outcome({ type: 'export', path: params.path, files: done.files.length })
      answer(done)
    },
  }
}
