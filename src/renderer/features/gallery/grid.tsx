import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, type MouseEvent } from 'react'
import type { GalleryEntry, GalleryFilter, ItemSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { isMac } from '../../shell.js'
import { useDrawQueue } from './draw-queue.js'
import { GridRow } from './grid-row.js'
import type { Grid as GridShape } from './justified.js'
import { pageAt } from './page-places.js'
import { gridKeys } from './use-grid-keys.js'
import { pageSize, usePages, type Pages } from './use-pages.js'
import { usePlaces } from './use-places.js'
import { useReturn } from './use-return.js'
import { scrollStep, useScroll, useSize } from './use-scroll.js'
import { useSelection, type GallerySelection } from './use-selection.js'

/** Room at the sides and ends, in pixels. */
const padding = 16
/** Rows outside the window that are drawn before they are seen, in pixels. */
const ahead = 300

interface GridProps {
  readonly project: string
  readonly show: GalleryFilter
  readonly total: number
  readonly target: number
  readonly items: ReadonlyMap<string, ItemSummary>
  readonly onOpen: (entry: GalleryEntry) => void
  readonly onLook: (index: number) => void
  /** What is chosen, for whoever stands beside the grid. */
  readonly onChosen: (selection: GallerySelection, pages: Pages) => void
}

/** Pictures and texts in rows that fill the width, read and drawn as far as they are seen. */
export function Grid({ project, show, total, target, items, onOpen, onLook, onChosen }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useSize(scroller)
  const width = size.width - 2 * padding
  const shape = useMemo((): GridShape => ({ width, target, gap: 12, caption: 24 }), [width, target])
  const queue = useDrawQueue()
  const { top, isFast } = useScroll(scroller, useCallback((now, flies) => queue.move(now + (scroller.current?.clientHeight ?? 0) / 2, flies), [queue]))
  const places = usePlaces(scroller, shape, total, padding)
  const [from, to] = [top - ahead, top + scrollStep + size.height + ahead]
  const [first, last] = [pageAt(places, from - padding), pageAt(places, to - padding)]
  const pages = usePages(project, show, first, last, isFast)
  const selection = useSelection(pages, total, `${project} ${show}`)
  useReturn(scroller, places, padding, `${project} ${show}`, width > 0)

  useLayoutEffect(() => places.settle(pages, first, last))
  useEffect(() => onChosen(selection, pages))
  const brought = useRef(selection.focus)
  const bringIntoView = useEffectEvent(() => {
    const element = scroller.current
    // Only after the keys moved: a person may scroll away from where they are.
    if (brought.current === selection.focus) return
    const number = Math.floor(selection.focus / pageSize)
    if (!element || number >= places.tops.length - 1) return
    const entries = pages.page(number)
    const begin = places.tops[number]! + padding
    const row = entries && places.layoutOf(entries).rows.find((one) => selection.focus % pageSize >= one.start && selection.focus % pageSize < one.end)
    const [above, below] = row ? [begin + row.top - padding, begin + row.top + row.height + shape.caption + padding] : [begin - padding, begin + element.clientHeight - padding]
    if (row) brought.current = selection.focus
    if (above < element.scrollTop) element.scrollTop = above
    else if (below > element.scrollTop + element.clientHeight) element.scrollTop = below - element.clientHeight
  })
  // Once more when its page was read: only then is it known where in the page it stands.
  const focusPage = Math.floor(selection.focus / pageSize)
  const isFocusRead = focusPage >= first && focusPage <= last && pages.at(selection.focus) !== undefined
  useEffect(() => bringIntoView(), [selection.focus, isFocusRead])

  const onKeyDown = gridKeys({ pages, places, shape, total, selection, onOpen, onLook })
  const placeOf = (event: MouseEvent): number | null => {
    const tile = (event.target as Element).closest<HTMLElement>('[data-index]')
    return tile ? Number(tile.dataset.index) : null
  }
  function onClick(event: MouseEvent): void {
    const index = placeOf(event)
    if (index !== null) selection.go(index, event.shiftKey ? 'extend' : (isMac ? event.metaKey : event.ctrlKey) ? 'toggle' : 'one')
  }
  function onDoubleClick(event: MouseEvent): void {
    const entry = pages.at(placeOf(event) ?? -1)
    if (entry) onOpen(entry)
  }

  return (
    <div
      ref={scroller} className="work-scroll gallery-scroll" role="listbox" aria-multiselectable="true" aria-label={t('gallery.grid')} tabIndex={0} onKeyDown={onKeyDown} onClick={onClick} onDoubleClick={onDoubleClick}
      aria-activedescendant={isFocusRead ? `tile-${selection.focus}` : undefined}
    >
      <div className="gallery-length" role="presentation" style={{ height: places.height + 2 * padding }}>
        {Array.from({ length: last - first + 1 }, (_, inView) => {
          const number = first + inView
          const begin = places.tops[number]! + padding
          const entries = pages.page(number)
          if (!entries) return <div key={number} className="gallery-unread" role="presentation" style={{ transform: `translateY(${begin}px)`, height: Math.max(0, places.tops[number + 1]! - places.tops[number]! - shape.gap) }} />
          const { rows, ratios } = places.layoutOf(entries)
          return rows.filter((row) => begin + row.top + row.height > from && begin + row.top < to).map((row) => {
            const isFocused = selection.focus - number * pageSize >= row.start && selection.focus - number * pageSize < row.end
            return (
              <GridRow
                key={`${number}-${row.start}`} project={project} queue={queue} row={row} entries={entries} ratios={ratios} gap={shape.gap} first={number * pageSize} total={total}
                top={begin + row.top} height={row.height + shape.caption} items={items} chosen={selection.chosen} focus={isFocused ? selection.focus : -1}
              />
            )
          })
        })}
      </div>
    </div>
  )
}
