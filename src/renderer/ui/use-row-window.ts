import { useLayoutEffect, useState, type RefObject } from 'react'

/** Rows outside the window that are drawn before they are seen. */
const ahead = 8
/** The list is looked at again after every so many rows. */
const step = 4

export interface RowWindow {
  /** Indexes of the first and last row that are drawn; the last is before the first where there are none. */
  readonly first: number
  readonly last: number
  /** Rows that the window shows at once. */
  readonly screen: number
  /** Pixels. */
  readonly rowHeight: number
}

interface Rows {
  /** Selector of the pane that scrolls; the list stands somewhere in it. */
  readonly pane: string
  readonly count: number
  /** Pixels; without it as high as the token `--row` says. */
  readonly rowHeight?: number
}

const paneOf = (list: HTMLElement, pane: string): HTMLElement => list.closest<HTMLElement>(pane) ?? list

/** Which rows of a long list are seen, all of one height. */
export function useRowWindow(list: RefObject<HTMLElement | null>, { pane, count, rowHeight: given }: Rows): RowWindow {
  const [window, setWindow] = useState<RowWindow>({ first: 0, last: Math.min(count, 40) - 1, screen: 20, rowHeight: given ?? 28 })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const scroller = paneOf(element, pane)
    const look = (): void => {
      const rowHeight = given ?? (Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || 28)
      const screen = Math.max(1, Math.floor(scroller.clientHeight / rowHeight))
      const top = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top
      const first = Math.max(0, Math.floor(top / rowHeight / step) * step - ahead)
      const last = Math.min(count - 1, first + screen + 2 * ahead + step)
      setWindow((before) => (before.first === first && before.last === last && before.screen === screen && before.rowHeight === rowHeight ? before : { first, last, screen, rowHeight }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [list, pane, count, given])
  return { ...window, last: Math.min(window.last, count - 1) }
}

/** Scrolls as far as it takes to see a row. */
export function showRow(list: HTMLElement, pane: string, index: number, rowHeight: number): void {
  const scroller = paneOf(list, pane)
  const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + index * rowHeight
  if (top < 0) scroller.scrollBy({ top })
  else if (top + rowHeight > scroller.clientHeight) scroller.scrollBy({ top: top + rowHeight - scroller.clientHeight })
}

/** Where a key leads in a list of so many rows, from 0; null for other keys. */
export function rowByKey(key: string, at: number, count: number, screen: number): number | null {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1, PageDown: at + screen - 1, PageUp: at - screen + 1 }[key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}
