export { reportCall } from './report-call.js'
export { createQueue, type QueueOptions } from './queue.js'
export type { JobContext, JobRunner, Lane, NewJob, Queue, RunningJob, Runners } from './types.js'
export { hasEnded } from './view.js'
