import { onStudioEvents } from '../../events.js'
import { client, connection } from '../../studio.js'
import type { WritingServices } from './services.js'

/** The studio as the writing room sees it. */
export const studioServices: WritingServices = {
  open: (input) => client.texts.open(input),
  append: (input) => client.texts.append(input),
  decide: (input) => client.texts.decide(input),
  close: (input) => client.texts.close(input),
  ask: (request) => client.texts.ask(request),
  rename: (input) => client.items.rename(input),
  undo: (project) => client.projects.undo({ project }),
  redo: (project) => client.projects.redo({ project }),
  jobs: (project) => client.jobs.list({ project }),
  job: (job) => client.jobs.get({ job }),
  cancelJob: (job) => client.jobs.cancel({ job }),
  retryJob: (job) => client.jobs.retry({ job }),
  dismissJob: (job) => client.jobs.dismiss({ job }),
  onEvent: (listener) => onStudioEvents(({ event }) => { listener(event) }),
  onConnection: (listener) => connection.subscribe(() => { listener(connection.state() === 'open') }),
}
