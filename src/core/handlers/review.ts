import { randomUUID } from 'node:crypto'
import { StudioError, type Fact, type FactId } from '../../contract/index.js'
import { leadingHead, readMembers, readThreads, readWaiting, signDecision, signMembership, viewReview } from '../review/index.js'
import type { OpenProject } from '../open-projects.js'
import { sameKey } from '../project/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { findItem, findVersion } from './items.js'

export function reviewHandlers(services: Services) {
  const { projects, people, drafts, events } = services

  /** The version that a remark or request is about: the named one, the draft as a version, or the head of a picture that its review is about. */
  async function versionFor(project: OpenProject, item: FactId, version: FactId | undefined, reason: 'commented' | 'review'): Promise<FactId> {
    const row = findItem(project.writer, item)
    if (version) {
      const found = findVersion(project.writer, version)
      if (found.item !== item) throw new StudioError('bad-input', { detail: 'the version belongs to another item' })
      return found.id
    }
    if (row.kind === 'text') return drafts.keep(project, item, reason)
    const head = leadingHead(project.writer, row)
    if (!head) throw new StudioError('not-found', { what: 'version', id: item })
    return head
  }

  function changed(project: string, item: FactId): void {
    events.publish({ type: 'review.changed', project, item })
    events.publish({ type: 'history.changed', project })
  }

  /** A membership by the founder, and the news of all decisions that count or count no more by it [MEMBER1]. */
  async function changeMembership(handle: string, key: string, change: { label: string; role: string; ended?: true }): Promise<Record<never, never>> {
    const { writer, path } = projects.get(handle)
    const author = people.current()
    if (!sameKey(author.signer.publicKey, writer.project().founderKey)) throw new StudioError('no-permission', { path })
    const member = writer.factsAll('person').findLast(({ fact }) => sameKey(fact.key, key))
    if (!member) throw new StudioError('not-found', { what: 'item', id: key })
    const { person, name } = member.fact
    const fact = await signMembership(author, { at: Date.now(), member: key, person, name, role: change.role, ...(change.ended ? { ended: true } : {}) })
    await writer.commit({ label: change.label, author, facts: [fact], sign: true })
    events.publish({ type: 'project.changed', project: handle })
    events.publish({ type: 'history.changed', project: handle })
    const items = new Set(writer.factsAll('decision').flatMap(({ fact: decision }) => (sameKey(decision.key, key) ? [decision.item] : [])))
    for (const item of items) events.publish({ type: 'review.changed', project: handle, item })
    return {}
  }

  const stamp = (person: string) => ({ at: Date.now(), by: person, nonce: randomUUID() })

  return {
    view: studio.review.view.handler(({ input }) => {
      const { writer } = projects.get(input.project)
      return viewReview(writer, findItem(writer, input.item))
    }),
    threads: studio.review.threads.handler(({ input }) => {
      const project = projects.get(input.project)
      const { id, kind } = findItem(project.writer, input.item)
      return readThreads(project.writer, id, input, async () => (kind === 'text' ? drafts.with(project, id, async (draft) => draft.doc) : null))
    }),
    comment: studio.review.comment.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const author = people.current()
      const version = await versionFor(project, input.item, input.version, 'commented')
      const fact: Fact = {
        kind: 'comment', ...stamp(author.person), item: input.item, version, text: input.text, anchor: input.anchor, ...(input.replyTo ? { replyTo: input.replyTo } : {}),
      }
      const { facts } = await project.writer.commit({ label: 'undo.comment', author, facts: [fact] })
      changed(project.handle, input.item)
      return { comment: facts[0]!, version }
    }),
    resolve: studio.review.resolve.handler(async ({ input }) => {
      const { writer, handle } = projects.get(input.project)
      const found = writer.fact('comment', input.comment)
      if (!found) throw new StudioError('not-found', { what: 'comment', id: input.comment })
      await writer.commit({ label: 'undo.resolve', author: people.current(), registers: [{ target: input.comment, name: 'resolved', value: input.resolved }] })
      changed(handle, found.fact.item)
      return {}
    }),
    request: studio.review.request.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const author = people.current()
      const version = await versionFor(project, input.item, input.version, 'review')
      const { to, note, due } = input
      const { facts } = await project.writer.commit({
        label: 'undo.request', author, facts: [{ kind: 'review-request', ...stamp(author.person), item: input.item, version, to, note, ...(due ? { due } : {}) }],
      })
      changed(project.handle, input.item)
      return { request: facts[0]!, version }
    }),
    decide: studio.review.decide.handler(async ({ input }) => {
      const { writer, handle } = projects.get(input.project)
      const author = people.current()
      const { item } = findVersion(writer, input.version)
      const fact = await signDecision(author, { at: Date.now(), item, version: input.version, decision: input.decision, notes: input.notes, scope: 'version' })
      const { facts } = await writer.commit({ label: 'undo.decision', author, facts: [fact], sign: true })
      changed(handle, item)
      return { decision: facts[0]!, counts: writer.isMember(fact.key) }
    }),
    waiting: studio.review.waiting.handler(({ input }) => readWaiting(projects.get(input.project).writer, people.current())),
    members: studio.review.members.handler(({ input }) => readMembers(projects.get(input.project).writer, people.current())),
    admit: studio.review.admit.handler(({ input }) => changeMembership(input.project, input.key, { label: 'undo.admit', role: input.role })),
    dismiss: studio.review.dismiss.handler(({ input }) => {
      const { writer } = projects.get(input.project)
      if (sameKey(input.key, writer.project().founderKey)) throw new StudioError('bad-input', { detail: 'the founder stays in the project' })
      if (!writer.isMember(input.key)) throw new StudioError('not-found', { what: 'item', id: input.key })
      return changeMembership(input.project, input.key, { label: 'undo.dismiss', role: '', ended: true })
    }),
    log: studio.review.log.handler(({ input }) => {
      const { writer } = projects.get(input.project)
      return writer.log({ before: input.before, limit: input.limit }).map(({ position, hash, commit, signed, label, kinds }) => ({
        position, hash, number: commit.number, replica: commit.replica, at: commit.clock.wall, person: { id: commit.person, name: writer.personName(commit.person) },
        signed, label, kinds: [...kinds], registers: commit.registers.length,
      }))
    }),
  }
}
