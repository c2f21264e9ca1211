import type { Services } from '../services.js'
import { studio } from './base.js'

export function jobHandlers({ queue, projects }: Services) {
  return {
    list: studio.jobs.list.handler(({ input }) => queue.views(input.project ? { projectPath: projects.get(input.project).path } : undefined)),
    get: studio.jobs.get.handler(({ input }) => queue.view(input.job)),
    cancel: studio.jobs.cancel.handler(({ input }) => {
      queue.cancel(input.job)
      return {}
    }),
    retry: studio.jobs.retry.handler(({ input }) => ({ job: queue.retry(input.job) })),
    move: studio.jobs.move.handler(({ input }) => {
      queue.move(input.job, input.before)
      return {}
    }),
    pause: studio.jobs.pause.handler(({ input }) => {
      queue.pause(input.job)
      return {}
    }),
    resume: studio.jobs.resume.handler(({ input }) => {
      queue.resume(input.job)
      return {}
    }),
    dismiss: studio.jobs.dismiss.handler(({ input }) => {
      queue.dismiss(input.job)
      return {}
    }),
  }
}
