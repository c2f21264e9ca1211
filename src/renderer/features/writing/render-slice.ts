import { DOMSerializer, type Schema, type Slice } from 'prosemirror-model'

/** The new words of a piece as elements: within a line where they are words, as blocks where they are paragraphs. */
export function renderSlice(schema: Schema, slice: Slice, document: Document): HTMLElement {
  const isInline = slice.content.firstChild?.isInline ?? true
  const element = document.createElement(isInline ? 'ins' : 'div')
  const content = DOMSerializer.fromSchema(schema).serializeFragment(slice.content, { document })
  if (isInline) {
    element.append(content)
    return element
  }
  element.className = 'piece-blocks'
  element.append(content)
  return element
}
