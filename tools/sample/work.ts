import type { CommentAnchor } from '../../src/contract/index.js'
import { makeAnchor, parseDocument, resolveAnchor, type DocumentNode } from '../../src/document/index.js'
import type { StudioClient } from '../../src/cli/command.js'

export interface Text { readonly project: string; readonly item: string }

const session = 'sample-project'

/** Where words stand in a text; throws where it does not say them. */
function find(doc: DocumentNode, quote: string): { from: number; to: number } {
  const range = resolveAnchor({ type: 'words', from: 0, to: 0, quote, prefix: '', suffix: '' }, { current: doc })
  if (!range || doc.textBetween(range.from, range.to) !== quote) throw new Error(`the text does not say “${quote}”`)
  return range
}

async function draft(client: StudioClient, text: Text) {
  const view = await client.texts.open({ ...text, session, take: true })
  return { doc: parseDocument(view.doc), number: view.number }
}

/** Types words over others, as an editor would. */
export async function retype(client: StudioClient, text: Text, before: string, after: string): Promise<void> {
  const { doc, number } = await draft(client, text)
  const { from, to } = find(doc, before)
  await client.texts.append({ ...text, session, number, steps: [{ step: { stepType: 'replace', from, to, slice: { content: [{ type: 'text', text: after }] } }, origin: 'typed' }] })
  await client.texts.close({ ...text, session })
}

/** The words of a text's first paragraph. */
export async function firstParagraph(client: StudioClient, text: Text): Promise<{ from: number; to: number }> {
  const { doc } = await draft(client, text)
  await client.texts.close({ ...text, session })
  return { from: 1, to: 1 + doc.firstChild!.content.size }
}

/** Comments on words of the newest version. */
export async function commentOn(client: StudioClient, { project, item }: Text, quote: string, text: string): Promise<string> {
  const version = (await client.items.get({ project, item })).heads[0]!
  const doc = parseDocument((await client.items.versionText({ project, version })).doc)
  const { from, to } = find(doc, quote)
  const anchor: CommentAnchor = makeAnchor(doc, from, to)
  return (await client.review.comment({ project, item, version, text, anchor })).comment
}

/** Answers a comment on words. */
export async function reply(client: StudioClient, { project, item }: Text, comment: string, text: string): Promise<void> {
  const thread = (await client.review.threads({ project, item })).find(({ id }) => id === comment)!
  await client.review.comment({ project, item, version: thread.version, text, anchor: thread.anchor, replyTo: comment })
}
