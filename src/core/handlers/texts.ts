import type { FactId } from '../../contract/index.js'
import { askForText } from '../writing/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem } from './items.js'

/** How long a page may be away before the text that it wrote is free for others, milliseconds: reconnecting takes less. */
const awayMs = 3000

export function textHandlers(services: Services) {
  const { projects, drafts, people, queue } = services
  /** When each session last opened a text: a page that is back by then keeps it. */
  const opened = new Map<string, number>()
  let openings = 0

  /** A window that is closed says nothing; its text would stay taken for good. */
  function freeLater(handle: string, item: FactId, session: string, key: string): void {
    const opening = opened.get(key)
    setTimeout(() => {
      if (opened.get(key) !== opening) return
      opened.delete(key)
      // The project may have been closed meanwhile, and with it the text.
      if (projects.all().some((one) => one.handle === handle)) void drafts.close(projects.get(handle), item, session).catch(() => undefined)
    }, awayMs).unref()
  }
  return {
    open: studio.texts.open.handler(({ input: { project, item, session, take }, context: { caller } }) => {
      const key = `${project} ${item} ${session}`
      opened.set(key, ++openings)
      caller?.whenGone(key, () => freeLater(project, item, session, key))
      return drafts.open(projects.get(project), item, session, take)
    }),
    close: studio.texts.close.handler(async ({ input, context: { caller } }) => {
      const key = `${input.project} ${input.item} ${input.session}`
      opened.delete(key)
      caller?.callOff(key)
      await drafts.close(projects.get(input.project), input.item, input.session)
      return {}
    }),
    append: studio.texts.append.handler(({ input }) => drafts.append(projects.get(input.project), input.item, input.session, input.number, input.steps)),
    draft: studio.texts.draft.handler(({ input }) => drafts.read(projects.get(input.project), input.item)),
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
