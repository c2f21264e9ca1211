import { StudioError } from '../../contract/index.js'
import type { JobRunner } from '../jobs/index.js'
import type { OpenProjects } from '../open-projects.js'
import { removePartialCopy, saveCopy } from '../project/index.js'

export interface CopyJobParams { readonly path: string }

/** The runner of copies for colleagues. A copy has its name only when it is whole; one that was stopped leaves nothing. */
export function createCopyRunner({ projects }: { readonly projects: OpenProjects }): JobRunner {
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
      await saveCopy(project.writer, path, { signal, onProgress: (share) => progress(share, 'copying') })
      outcome({ type: 'copy', path })
      answer({ path })
    },
  }
}
