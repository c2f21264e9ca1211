import type { Node } from 'prosemirror-model'
import { schema } from './schema.js'

/** The words between two positions: paragraphs apart by a line break, hard breaks as one. What `oldHash` of a piece is made of. */
export function wordsBetween(doc: Node, from: number, to: number): string {
  return doc.textBetween(from, to, '\n', (leaf) => (leaf.type === schema.nodes.hard_break ? '\n' : ''))
}

/** The words of a text without marks; paragraphs, headings and list items are apart by a blank line. */
export function toPlainText(doc: Node): string {
  const parts: string[] = []
  doc.descendants((node) => {
    if (!node.isTextblock) return true
    parts.push(wordsBetween(node, 0, node.content.size))
    return false
  })
  return parts.join('\n\n')
}

// Scripts without blanks between words count by character, as their word processors do.
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu

/** How many words a text has. */
export function countWords(doc: Node): number {
  let count = 0
  doc.descendants((node) => {
    if (!node.isTextblock) return true
    count += wordsBetween(node, 0, node.content.size).match(word)?.length ?? 0
    return false
  })
  return count
}
