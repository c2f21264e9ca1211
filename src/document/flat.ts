import type { Node } from 'prosemirror-model'
import { wordsBetween } from './plain.js'

/** A text as one string, paragraphs apart by one line break, with the way from offsets in it to positions and back. */
export interface FlatText {
  readonly text: string
  positionAt(offset: number): number
  offsetAt(position: number): number
}

/** The words of a text in one string, as `wordsBetween` joins them. */
export function flatText(doc: Node): FlatText {
  const starts: { offset: number; position: number; size: number }[] = []
  const parts: string[] = []
  let offset = 0
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const words = wordsBetween(node, 0, node.content.size)
    starts.push({ offset, position: position + 1, size: words.length })
    parts.push(words)
    offset += words.length + 1
    return false
  })
  const find = (value: number, key: 'offset' | 'position') => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]![key] <= value) low = middle
      else high = middle - 1
    }
    return starts[low]
  }
  const within = (value: number, size: number) => Math.max(0, Math.min(value, size))
  return {
    text: parts.join('\n'),
    positionAt(at) {
      const start = find(at, 'offset')
      return start ? start.position + within(at - start.offset, start.size) : 0
    },
    offsetAt(position) {
      const start = find(position, 'position')
      return start ? start.offset + within(position - start.position, start.size) : 0
    },
  }
}
