import { StudioError, type MergeCounts } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobContext, JobRunner } from '../jobs/index.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import type { People } from '../people.js'
import { mergeCopy } from '../project/index.js'
import type { Drafts } from '../writing/index.js'
import { announceItems } from './announce.js'
import { progressOf } from './progress.js'

/** A copy to be merged, or a merge to be taken back or done again. */
export type MergeJobParams = { readonly type: 'merge'; readonly path: string } | { readonly type: 'undo' | 'redo' }

interface Surroundings { readonly projects: OpenProjects; readonly people: People; readonly drafts: Drafts; readonly events: Events }

/** The label of a merge in the history. */
export const mergeLabel = 'undo.merge'

/** The runner of merges and of their undo. Each is one transaction: stopped, in whatever way, nothing has changed. */
export function createMergeRunner(surroundings: Surroundings): JobRunner {
  return {
    lane: 'merge',
    afterRestart: 'interrupt',
    async run(job, control) {
      const project = surroundings.projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      const params = job.params as MergeJobParams
      if (params.type === 'merge') await merge(surroundings, project, params.path, control)
      else await travel(surroundings, project, params.type, control)
    },
  }
}

async function merge(surroundings: Surroundings, project: OpenProject, path: string, { signal, progress, outcome, answer }: JobContext): Promise<void> {
  const author = surroundings.people.current()
  const { refused, commits, items, versions, comments, decisions, secondHeads, touched } = await mergeCopy(project.writer, path, author, {
    showAgain: true, signal, onProgress: progressOf('merge', progress),
  })
  await announceItems(surroundings, project, touched)
  const counts = { commits, items, versions, comments, decisions, secondHeads }
  outcome({ type: 'merge', ...counts, refused: refused.length })
  answer({ ...counts, refused: refused.map(({ code, detail }) => ({ what: detail, reason: code })) } satisfies MergeCounts)
}

/** Undoes or redoes the last step, which is a merge: another one that came in between is not what was meant. */
async function travel(surroundings: Surroundings, project: OpenProject, direction: 'undo' | 'redo', { signal, progress, answer }: JobContext): Promise<void> {
  const { writer } = project
  if (writer.undoLabels()[direction] !== mergeLabel) throw new StudioError('nothing-to-undo', { detail: direction })
  const { label, items } = await writer[direction](surroundings.people.current(), { signal, onProgress: (share) => progress(share, direction === 'undo' ? 'taking-back' : 'merging') })
  await announceItems(surroundings, project, items)
  answer(label)
}
