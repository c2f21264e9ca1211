import { memo } from 'react'
import type { GalleryEntry, ItemSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useTurn, type DrawQueue } from './draw-queue.js'
import { placesIn, type Row } from './justified.js'
import { PictureTile, TextTile } from './tile.js'

interface GridRowProps {
  readonly project: string
  readonly queue: DrawQueue
  readonly row: Row
  readonly entries: readonly GalleryEntry[]
  readonly ratios: readonly number[]
  readonly gap: number
  /** Place of the page's first entry in the order. */
  readonly first: number
  readonly total: number
  /** Pixels from the gallery's beginning. */
  readonly top: number
  readonly height: number
  readonly items: ReadonlyMap<string, ItemSummary>
  readonly chosen: ReadonlyMap<string, GalleryEntry>
  /** Place of the entry that the keys are at, where it is in this row; else −1. */
  readonly focus: number
}

/** A row of the grid: its shapes at once, its pictures when it is its turn. */
export const GridRow = memo(function GridRow({ project, queue, row, entries, ratios, gap, first, total, top, height, items, chosen, focus }: GridRowProps) {
  const isDrawn = useTurn(queue, top + height / 2, row.end - row.start)
  const places = placesIn(row, ratios, gap)
  const style = { insetBlockStart: top, height }
  if (!isDrawn) return <div className="gallery-row is-bare" role="presentation" style={{ ...style, ...shapes(places, row.height) }} />
  return (
    <div className="gallery-row" role="presentation" style={style}>
      {places.map(({ width }, inRow) => {
        const entry = entries[row.start + inRow]!
        const index = first + row.start + inRow
        const item = items.get(entry.item)
        const place = { title: item?.title ?? t('gallery.untitled'), index, total, width, height: row.height, isSelected: chosen.has(entry.version), isFocused: index === focus }
        return entry.kind === 'picture'
          ? <PictureTile key={entry.version} project={project} picture={entry} {...place} />
          : <TextTile key={entry.version} text={entry} state={item?.state ?? 'draft'} {...place} />
      })}
    </div>
  )
})

/** The pictures' shapes as one background, which costs one element for a whole row. */
function shapes(places: ReturnType<typeof placesIn>, height: number): React.CSSProperties {
  return {
    backgroundImage: places.map(() => 'linear-gradient(var(--surface-2) 0 0)').join(),
    backgroundPosition: places.map(({ left }) => `${left}px 0`).join(),
    backgroundSize: places.map(({ width }) => `${width}px ${height}px`).join(),
  }
}
