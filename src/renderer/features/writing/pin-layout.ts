import { stackMarks } from './margin-layout.js'

/** Pins whose tops differ by less than this stand on one line of the text. */
const sameLine = 8

export interface PlacedPin<Mark> {
  /** Threads that the pin stands for, in the order of the text. */
  readonly marks: readonly Mark[]
  readonly top: number
}

/**
 * Puts pins beside their lines. Those of one line stack downwards where there is room before the next pin; where there is
 * none, one pin stands for all of the line, so that the margin never grows longer than the text. `row` is what a pin needs.
 */
export function placePins<Mark>(places: readonly { readonly mark: Mark; readonly line: number }[], row: number): readonly PlacedPin<Mark>[] {
  const lines: { line: number; marks: Mark[] }[] = []
  // A stable sort: marks of one line stay in the order of the text.
  for (const { mark, line } of [...places].sort((a, b) => a.line - b.line)) {
    const last = lines.at(-1)
    if (last && line - last.line < sameLine) last.marks.push(mark)
    else lines.push({ line, marks: [mark] })
  }
  const pins = lines.flatMap(({ line, marks }, index) => {
    const room = (lines[index + 1]?.line ?? Infinity) - line
    return marks.length * row <= room + 2 ? marks.map((mark) => ({ marks: [mark], line })) : [{ marks, line }]
  })
  return stackMarks(pins.map(({ line }, index) => ({ index, line })), row).map(({ index, top }) => ({ marks: pins[index]!.marks, top }))
}
