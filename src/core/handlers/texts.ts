import { askForText } from '../writing/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem } from './items.js'

export function textHandlers(services: Services) {
  const { projects, drafts, people, queue } = services
  return {
    open: studio.texts.open.handler(({ input }) => drafts.open(projects.get(input.project), input.item, input.session, input.take)),
    close: studio.texts.close.handler(async ({ input }) => {
      await drafts.close(projects.get(input.project), input.item, input.session)
      return {}
    }),
    append: studio.texts.append.handler(({ input }) => drafts.append(projects.get(input.project), input.item, input.session, input.number, input.steps)),
    keep: studio.texts.keep.handler(async ({ input }) => ({ version: await drafts.keep(projects.get(input.project), input.item, 'named', input.name || undefined) })),
    brief: studio.texts.brief.handler(async ({ input }) => ({ brief: findItem(projects.get(input.project).writer, input.item).brief })),
    changeBrief: studio.texts.changeBrief.handler(async ({ input }) => {
      const { writer, handle } = projects.get(input.project)
      if (findItem(writer, input.item).brief === input.brief) return {}
      await writer.commit({ label: 'undo.brief', author: people.current(), registers: [{ target: input.item, name: 'brief', value: input.brief }], undoable: false })
      services.publishItem(handle, input.item)
      return {}
    }),
    ask: studio.texts.ask.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { title } = findItem(project.writer, input.item)
      const job = await askForText(services, project, input, (params) =>
        queue.enqueue({ kind: 'text', title, detail: input.operation, projectPath: project.path, item: input.item, params }))
      return { job }
    }),
    proposals: studio.texts.proposals.handler(({ input }) => drafts.proposals(projects.get(input.project), input.item)),
    decide: studio.texts.decide.handler(({ input }) => drafts.decide(projects.get(input.project), input.item, input.proposal, input.decisions, input.session)),
  }
}
