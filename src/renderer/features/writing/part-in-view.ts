import type { EditorView } from 'prosemirror-view'

/** The part of the text that can be seen, and `around` pixels before and after it; all of it where nothing scrolls. */
export function partInView(view: EditorView, around: number): { from: number; to: number } {
  const box = view.dom.closest('.work-scroll')?.getBoundingClientRect()
  const blocks = view.dom.children
  if (!box || blocks.length === 0) return { from: 0, to: view.state.doc.content.size }
  const first = blocks[firstBelow(blocks, box.top - around, 'bottom')]
  const last = blocks[firstBelow(blocks, box.bottom + around, 'top')]
  return {
    from: first ? Math.max(0, view.posAtDOM(first, 0) - 1) : view.state.doc.content.size,
    to: last ? view.posAtDOM(last, 0) : view.state.doc.content.size,
  }
}

/** Index of the first block whose edge lies below a height of the window: blocks stand one below the other. */
function firstBelow(blocks: HTMLCollection, height: number, edge: 'top' | 'bottom'): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blocks[middle]!.getBoundingClientRect()[edge] >= height) high = middle
    else low = middle + 1
  }
  return low
}
