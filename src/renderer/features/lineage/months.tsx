import type { KeyboardEvent } from 'react'
import { formatMonth } from '../../format/time.js'
import { t } from '../../messages/t.js'

interface MonthsProps {
  readonly months: readonly { readonly month: string; readonly row: number }[]
  /** Rows of the whole list. */
  readonly count: number
  /** The row at the top of the window. */
  readonly top: number
  /** Pixels that the strip has. */
  readonly height: number
  readonly onGo: (row: number) => void
}

/** Nearer to each other than this, in pixels, and the later of two labels is left out. */
const room = 22

/** The months of a long list along its edge, each as far down as it begins. */
export function Months({ months, count, top, height, onGo }: MonthsProps) {
  const shown: { month: string; row: number; place: number }[] = []
  for (const { month, row } of months) {
    const place = (row / Math.max(1, count)) * height
    const last = shown.at(-1)
    if (place <= height - room && (!last || place - last.place >= room)) shown.push({ month, row, place })
  }
  const now = shown.findLast(({ row }) => row <= top) ?? shown[0]

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const next = step === undefined ? undefined : buttons[buttons.indexOf(event.target as HTMLButtonElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <nav className="months" aria-label={t('lineage.months')} onKeyDown={onKeyDown}>
      {shown.map(({ month, row, place }, index) => {
        const year = month.slice(0, 4)
        const isYear = index > 0 && shown[index - 1]!.month.slice(0, 4) !== year
        return (
          <button
            key={month} type="button" className="month" tabIndex={month === now?.month ? 0 : -1} aria-current={month === now?.month ? 'true' : undefined} style={{ insetBlockStart: place }}
            aria-label={formatMonth(month, 'long')} onClick={() => onGo(row)}
          >
            {isYear ? year : formatMonth(month, 'short')}
          </button>
        )
      })}
    </nav>
  )
}
