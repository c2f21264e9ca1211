import { useEffect, useState, type RefObject } from 'react'
import type { EditorView } from 'prosemirror-view'
import { stackMarks, type MarkPlace, type PlacedMark } from './margin-layout.js'
import type { ShownPiece } from './pieces.js'
import type { TextDesk } from './text-desk.js'

/** With more pieces than this, only marks near what is seen are placed. */
const placeAll = 150

/** Where the marks of the margin stand: measured once a frame after the text, its size or its proposals changed. */
export function useMarks(desk: TextDesk, margin: RefObject<HTMLElement | null>): readonly PlacedMark[] {
  const [marks, setMarks] = useState<readonly PlacedMark[]>([])

  useEffect(() => {
    let frame = 0
    // Once words carry their number they keep it: taking it off could break the line another way, and on it would come again.
    let numbered = new Set<number>()
    let width = 0
    const place = (): void => {
      frame = 0
      const { view } = desk
      const element = margin.current
      if (!view || !element) return setMarks((before) => (before.length === 0 ? before : []))
      const origin = element.getBoundingClientRect()
      const box = view.dom.getBoundingClientRect()
      if (box.width !== width) numbered = new Set()
      width = box.width
      const row = parseFloat(getComputedStyle(view.dom).lineHeight) || 28
      const next = stackMarks(measure(view, visible(view, desk.proposals.pieces()), origin.top, row), row)
      for (const { index, numbered: shared } of next) if (shared) numbered.add(index)
      showNumbers(view, numbered)
      setMarks((before) => (sameMarks(before, next) ? before : next))
    }
    const soon = (): void => { frame ||= requestAnimationFrame(place) }
    let active: string | null = null
    const onShown = (): void => {
      const id = desk.proposals.shown.get().proposal?.id ?? null
      if (id !== active) numbered = new Set()
      active = id
      soon()
    }
    const sizes = new ResizeObserver(soon)
    if (desk.view) sizes.observe(desk.view.dom)
    const scroll = desk.view?.dom.closest('.work-scroll')
    const onScroll = (): void => { if (desk.proposals.pieces().length > placeAll) soon() }
    scroll?.addEventListener('scroll', onScroll, { passive: true })
    const endings = [desk.proposals.moved.subscribe(soon), desk.proposals.shown.subscribe(onShown)]
    const onFonts = (): void => {
      numbered = new Set()
      soon()
    }
    document.fonts.addEventListener('loadingdone', onFonts)
    soon()
    return () => {
      for (const end of endings) end()
      sizes.disconnect()
      document.fonts.removeEventListener('loadingdone', onFonts)
      scroll?.removeEventListener('scroll', onScroll)
      cancelAnimationFrame(frame)
    }
  }, [desk, margin])

  return marks
}

function visible(view: EditorView, pieces: readonly ShownPiece[]): readonly ShownPiece[] {
  const shown = pieces.filter(({ outcome, from, to }) => outcome === 'open' || (outcome === 'accepted' && from < to))
  if (shown.length <= placeAll) return shown
  const box = view.dom.closest('.work-scroll')?.getBoundingClientRect()
  const text = view.dom.getBoundingClientRect()
  if (!box) return shown
  const left = text.left + 10
  const top = view.posAtCoords({ left, top: Math.max(text.top + 1, box.top - box.height / 2) })?.pos ?? 0
  const bottom = view.posAtCoords({ left, top: Math.min(text.bottom - 1, box.bottom + box.height / 2) })?.pos ?? view.state.doc.content.size
  return shown.filter(({ from, to }) => to >= top && from <= bottom)
}

function measure(view: EditorView, pieces: readonly ShownPiece[], top: number, row: number): MarkPlace[] {
  const drawn = firstDrawn(view)
  return pieces.flatMap((piece) => {
    const box = firstLine(view, piece, drawn.get(piece.index))
    return box ? [{ index: piece.index, line: (box.top + box.bottom) / 2 - row / 2 - top }] : []
  })
}

/** The first element of each piece: its old words, those that were accepted, or the new ones where it only puts in. */
function firstDrawn(view: EditorView): Map<number, Element> {
  const found = new Map<number, Element>()
  for (const element of view.dom.querySelectorAll<HTMLElement>('[data-old], [data-piece]')) {
    const index = Number(element.dataset['old'] ?? element.dataset['piece'])
    if (!found.has(index)) found.set(index, element)
  }
  return found
}

/** Positions alone do not do: where a line breaks, one position stands at the end of a line and at the beginning of the next. */
function firstLine(view: EditorView, piece: ShownPiece, drawn: Element | undefined): { top: number; bottom: number } | null {
  if (drawn) {
    const range = wordsOf(drawn.matches('.piece-new') ? (drawn.querySelector('.piece-blocks > *, ins') ?? drawn) : drawn)
    for (const box of range.getClientRects()) if (box.width > 0) return box
  }
  try {
    return view.coordsAtPos(piece.from, 1)
  } catch {
    return null
  }
}

/** From the first word on: a blank before it may hang at the end of the line above. */
function wordsOf(element: Element): Range {
  const range = document.createRange()
  range.selectNodeContents(element)
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: node } = texts
    const at = node.nodeValue?.search(/\S/) ?? -1
    if (at < 0) continue
    range.setStart(node, at)
    break
  }
  return range
}

function showNumbers(view: EditorView, numbered: ReadonlySet<number>): void {
  for (const element of view.dom.querySelectorAll<HTMLElement>('.piece-new')) {
    const number = element.querySelector<HTMLElement>(':scope > .ref')
    if (number) number.hidden = !numbered.has(Number(element.dataset['piece']))
  }
}

function sameMarks(one: readonly PlacedMark[], other: readonly PlacedMark[]): boolean {
  const same = (mark: PlacedMark, at: number): boolean => {
    const { index, top, moved } = other[at]!
    return mark.index === index && mark.top === top && mark.moved === moved
  }
  return one.length === other.length && one.every(same)
}
