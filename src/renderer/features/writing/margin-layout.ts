/** A mark of the margin and the top of the line that it belongs to, in pixels of the sheet. */
export interface MarkPlace {
  index: number
  line: number
}

export interface PlacedMark extends MarkPlace {
  top: number
  /** How far it was moved down from its line; 0 where it stands on it. */
  moved: number
  /** Whether it shares its line with another mark, so that the words carry the number. */
  numbered: boolean
}

/** Marks of one line whose tops differ by less than this stand on one line (words of another size, raised numbers). */
const sameLine = 8

/** Puts marks beside their lines, each below the one before where there is no room. `row` is what one mark needs. */
export function stackMarks(places: readonly MarkPlace[], row: number): PlacedMark[] {
  const sorted = [...places].sort((a, b) => (Math.abs(a.line - b.line) < sameLine ? a.index - b.index : a.line - b.line))
  let free = -Infinity
  const placed = sorted.map(({ index, line }): PlacedMark => {
    const top = Math.max(line, free)
    free = top + row
    // A pixel or two is no move: line boxes are not whole pixels.
    return { index, line, top: top - line < 3 ? line : top, moved: top - line < 3 ? 0 : top - line, numbered: false }
  })
  for (let at = 1; at < placed.length; at++) {
    if (Math.abs(placed[at]!.line - placed[at - 1]!.line) >= sameLine) continue
    placed[at]!.numbered = true
    placed[at - 1]!.numbered = true
  }
  return placed
}
