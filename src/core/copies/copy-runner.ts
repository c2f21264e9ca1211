import { StudioError } from '../../contract/index.js'
import type { JobRunner } from '../jobs/index.js'
import type { OpenProjects } from '../open-projects.js'
import { removePartialCopy, saveCopy, Slices } from '../project/index.js'
import type { Drafts } from '../writing/index.js'

export interface CopyJobParams { readonly path: string }

/** The runner of copies for colleagues. What was typed and is no version yet becomes one, or the colleague would not see it. A copy has its name only when it is whole; one that was stopped leaves nothing. */
export function createCopyRunner({ projects, drafts }: { readonly projects: OpenProjects; readonly drafts: Drafts }): JobRunner {
  return {
    lane: 'files',
    afterRestart: 'interrupt',
    async leftBehind(job) {
      removePartialCopy((job.params as CopyJobParams).path)
    },
    async run(job, { signal, progress, outcome, answer }) {
      const project = projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      const { path } = job.params as CopyJobParams
      const slices = new Slices(8, signal)
      for (const item of project.writer.readOnly ? [] : project.writer.draftItems()) {
        await slices.breathe()
        if (project.writer.item(item)) await drafts.keep(project, item, 'exported')
      }
      await saveCopy(project.writer, path, { signal, onProgress: (share) => progress(share, 'copying') })
      outcome({ type: 'copy', path })
      answer({ path })
    },
  }
}
