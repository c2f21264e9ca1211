import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { GalleryFilter, GalleryPicture } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { justify, nearestIn, placesIn, type Grid as GridShape, type Layout } from './justified.js'
import { Tile } from './tile.js'
import { useFast } from './use-fast.js'
import { pageSize, usePages, type Pages } from './use-pages.js'
import { useSelection, type GallerySelection } from './use-selection.js'

/** Room at the sides, in pixels. */
const padding = 16
/** Rows outside the window that are drawn before they are seen. */
const ahead = 500

export const ratioOf = ({ width, height }: GalleryPicture): number => (width && height ? Math.max(0.2, Math.min(5, width / height)) : 1)

interface GridProps {
  readonly project: string
  readonly show: GalleryFilter
  readonly total: number
  readonly target: number
  readonly titles: ReadonlyMap<string, string>
  readonly onOpen: (picture: GalleryPicture) => void
  readonly onLook: (index: number) => void
  /** What is chosen, for whoever stands beside the grid. */
  readonly onChosen: (selection: GallerySelection, pages: Pages) => void
}

/** Pictures in rows that fill the width, read and drawn as far as they are seen. */
export function Grid({ project, show, total, target, titles, onOpen, onLook, onChosen }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [{ width, height }, setSize] = useState({ width: 0, height: 800 })
  const isFast = useFast(scroller)
  const shape = useMemo((): GridShape => ({ width, target, gap: 12, caption: 24 }), [width, target])
  const pageCount = Math.ceil(total / pageSize)
  const usual = useRef(0)

  // Its answers change without its identity changing, so nothing that is read from it here is memoised.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: pageCount, getScrollElement: () => scroller.current, overscan: 0, paddingStart: padding, paddingEnd: padding,
    estimateSize: (page) => usual.current || guess(Math.min(pageSize, total - page * pageSize), shape),
  })
  const shown = virtualizer.getVirtualItems()
  const pages = usePages(project, show, isFast ? [] : shown.map((page) => page.index))
  const selection = useSelection(pages, total)
  const layouts = useLayouts(pages, shown.map((page) => page.index), shape)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth - 2 * padding, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const measureAgain = useEffectEvent(() => { usual.current = 0; virtualizer.measure() })
  useLayoutEffect(() => measureAgain(), [shape, total, show])
  useLayoutEffect(() => {
    for (const [page, layout] of layouts) {
      if (page < pageCount - 1) usual.current = layout.height
      virtualizer.resizeItem(page, layout.height)
    }
  })
  useEffect(() => onChosen(selection, pages))
  const bringIntoView = useEffectEvent(() => {
    const row = rowOf(selection.focus)
    const page = virtualizer.measurementsCache[Math.floor(selection.focus / pageSize)]
    const element = scroller.current
    if (!page || !element) return
    if (!row) return virtualizer.scrollToIndex(page.index, { align: 'auto' })
    const [top, bottom] = [page.start + row.top - padding, page.start + row.top + row.height + shape.caption + padding]
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
  })
  useEffect(() => bringIntoView(), [selection.focus])

  function rowOf(index: number) {
    return layouts.get(Math.floor(index / pageSize))?.rows.find((row) => index % pageSize >= row.start && index % pageSize < row.end)
  }

  /** The picture a row up (−1) or down (1). */
  function vertical(step: 1 | -1): number {
    const index = selection.focus
    const page = Math.floor(index / pageSize)
    const layout = layouts.get(page)
    const row = rowOf(index)
    const ratios = pages.page(page)?.map(ratioOf)
    if (!layout || !row || !ratios) return index + step * 5
    const own = placesIn(row, ratios, shape.gap)[(index % pageSize) - row.start]!
    const x = own.left + own.width / 2
    const next = layout.rows[layout.rows.indexOf(row) + step]
    if (next) return page * pageSize + nearestIn(next, ratios, shape.gap, x)
    const beside = pages.page(page + step)?.map(ratioOf)
    const rows = beside ? justify(beside, shape).rows : []
    const other = step === 1 ? rows[0] : rows.at(-1)
    return other && beside ? (page + step) * pageSize + nearestIn(other, beside, shape.gap, x) : index + step * 5
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { focus } = selection
    const to: Readonly<Record<string, () => number>> = {
      ArrowLeft: () => focus - 1, ArrowRight: () => focus + 1, ArrowUp: () => vertical(-1), ArrowDown: () => vertical(1), Home: () => 0, End: () => total - 1,
      PageDown: () => focus + 20, PageUp: () => focus - 20,
    }
    const control = isMac ? event.metaKey : event.ctrlKey
    const move = to[event.key]
    if (move) selection.go(move(), event.shiftKey ? 'extend' : 'one')
    else if (event.key === 'Enter' && !control) { const picture = pages.at(focus); if (picture) onOpen(picture) }
    else if (event.key === ' ' && control) selection.go(focus, 'toggle')
    else if (event.key === ' ') onLook(focus)
    else if (event.key === 'Escape') selection.clear()
    else if (event.key.toLowerCase() === 'a' && control) { selection.go(0, 'one'); selection.go(total - 1, 'extend') }
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const press = (index: number, event: MouseEvent): void => selection.go(index, event.shiftKey ? 'extend' : (isMac ? event.metaKey : event.ctrlKey) ? 'toggle' : 'one')
  const top = virtualizer.scrollOffset ?? 0
  return (
    <div
      ref={scroller} className="work-scroll gallery-scroll" role="listbox" aria-multiselectable="true" aria-label={t('gallery.grid')} tabIndex={0} onKeyDown={onKeyDown}
      aria-activedescendant={pages.at(selection.focus) ? `tile-${selection.focus}` : undefined}
    >
      <div className="gallery-length" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map((page) => {
          const pictures = pages.page(page.index)
          const layout = layouts.get(page.index)
          if (!pictures || !layout) return <div key={page.key} className="gallery-unread" role="presentation" style={{ transform: `translateY(${page.start}px)`, height: page.size - shape.gap }} />
          const ratios = pictures.map(ratioOf)
          return layout.rows.filter((row) => page.start + row.top + row.height > top - ahead && page.start + row.top < top + height + ahead).map((row) => (
            <div key={`${page.index}-${row.start}`} className="gallery-row" role="presentation" style={{ transform: `translateY(${page.start + row.top}px)` }}>
              {placesIn(row, ratios, shape.gap).map(({ left, width: own }, inRow) => {
                const place = row.start + inRow
                const index = page.index * pageSize + place
                const picture = pictures[place]!
                return (
                  <Tile
                    key={picture.version} project={project} picture={picture} title={titles.get(picture.item) ?? t('gallery.untitled')} index={index} total={total} left={left} width={own} height={row.height}
                    isSelected={selection.chosen.has(picture.version)} isFocused={index === selection.focus} isBare={isFast} onPress={press} onOpen={onOpen}
                  />
                )
              })}
            </div>
          ))
        })}
      </div>
    </div>
  )
}

/** About how high a page is that was not read yet. */
function guess(count: number, { width, target, gap, caption }: GridShape): number {
  return Math.max(1, Math.round((count * 1.2) / Math.max(1, width / target))) * (target + gap + caption)
}

function useLayouts(pages: Pages, shown: readonly number[], shape: GridShape): ReadonlyMap<number, Layout> {
  return new Map(shown.flatMap((number) => {
    const pictures = pages.page(number)
    return pictures ? [[number, justify(pictures.map(ratioOf), shape)] as const] : []
  }))
}
