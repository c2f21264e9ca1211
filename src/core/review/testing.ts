import { makeAnchor, schema, type DocumentNode } from '../../document/index.js'
import type { CommentAnchor, Fact, FactId } from '../../contract/index.js'
import { factIdOf } from '../project/index.js'
import type { TestStudio } from '../testing/test-studio.js'

/** Sentences that are all different, a paragraph for each, as `count` anchors need them. */
export const sentences = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Sentence ${index} says that boat ${(index * 7919) % 10_007} lay on the mud, and a heron counted to ${index}.`)

/** Types paragraphs into an empty text and keeps them as a version. */
export async function typeParagraphs({ call }: TestStudio, at: { project: string; item: string }, paragraphs: readonly string[]): Promise<FactId> {
  const session = 'writing-session'
  const { number } = await call.texts.open({ ...at, session })
  const slice = { content: paragraphs.map((words) => schema.node('paragraph', null, schema.text(words)).toJSON()) }
  await call.texts.append({ ...at, session, number, steps: [{ step: { stepType: 'replace', from: 0, to: 2, slice }, origin: 'typed' }] })
  await call.texts.close({ ...at, session })
  return (await call.texts.keep({ ...at, name: 'Commented' })).version
}

/** Writes a comment for each anchor, many in one commit: of what that leads to, only the end is looked at. */
export async function writeComments({ studio }: TestStudio, at: { project: string; item: string }, version: FactId, anchors: readonly CommentAnchor[]): Promise<readonly FactId[]> {
  const { writer } = studio.services.projects.get(at.project)
  const author = studio.services.people.current()
  const written: FactId[] = []
  for (let start = 0; start < anchors.length; start += 500) {
    const facts: Fact[] = anchors.slice(start, start + 500).map((anchor, index) => (
      { kind: 'comment', at: start + index + 1, by: author.person, nonce: String(start + index), item: at.item, version, text: `Remark ${start + index + 1}`, anchor }
    ))
    await writer.commit({ label: 'undo.comment', author, facts })
    written.push(...facts.map((fact) => factIdOf(fact)))
  }
  return written
}

/** An anchor on the name of the boat in each of the first `count` paragraphs. */
export function anchorsIn(doc: DocumentNode, count: number): CommentAnchor[] {
  const anchors: CommentAnchor[] = []
  doc.forEach((paragraph, offset) => {
    if (anchors.length < count) {
      const [name] = /boat \d+/.exec(paragraph.textContent)!
      const at = offset + 1 + paragraph.textContent.indexOf(name)
      anchors.push(makeAnchor(doc, at, at + name.length))
    }
  })
  return anchors
}
