import type { Size } from '../view/zoom.js'

/** A rectangle on a picture; its unit is that of the limits it is held in: pixels, or percent. */
export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export interface Point { readonly x: number; readonly y: number }

export interface Limits {
  readonly bounds: Size
  /** The shortest that a side may be. */
  readonly least: number
  /** What values are rounded to: 1 for whole pixels. */
  readonly grid: number
  /** Width by height; null leaves both free. */
  readonly ratio: number | null
}

/** Where a box is taken hold of, as on a compass. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Handle = (typeof handles)[number]

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
// Multiplied rather than divided: tenths would not come out even.
const snap = (value: number, grid: number): number => Math.round(value * (1 / grid)) / (1 / grid)

/** The box at another place, within the picture. */
export function moveBox(box: Box, x: number, y: number, { bounds, grid }: Limits): Box {
  return { ...box, x: snap(clamp(box.x + x, 0, bounds.width - box.width), grid), y: snap(clamp(box.y + y, 0, bounds.height - box.height), grid) }
}

/** The box after one of its handles was moved. The side across stays where it is; with a ratio, the corner or the middle of the side across. */
export function dragHandle(box: Box, handle: Handle, x: number, y: number, limits: Limits): Box {
  const { bounds, least, grid, ratio } = limits
  const sign = { x: handle.includes('e') ? 1 : handle.includes('w') ? -1 : 0, y: handle.includes('s') ? 1 : handle.includes('n') ? -1 : 0 }
  const right = box.x + box.width
  const bottom = box.y + box.height
  // How far each side may grow from what stays.
  const room = {
    width: sign.x > 0 ? bounds.width - box.x : sign.x < 0 ? right : bounds.width,
    height: sign.y > 0 ? bounds.height - box.y : sign.y < 0 ? bottom : bounds.height,
  }
  let width = clamp(box.width + sign.x * x, Math.min(least, room.width), room.width)
  let height = clamp(box.height + sign.y * y, Math.min(least, room.height), room.height)
  if (ratio !== null) {
    const wanted = sign.y === 0 ? width : sign.x === 0 ? height * ratio : Math.max(width, height * ratio)
    const largest = Math.min(room.width, room.height * ratio)
    width = clamp(wanted, Math.min(Math.max(least, least * ratio), largest), largest)
    height = width / ratio
  }
  width = Math.min(Math.max(snap(width, grid), grid), room.width)
  height = Math.min(Math.max(snap(height, grid), grid), room.height)
  const across = (from: number, span: number, now: number, most: number): number => snap(clamp(from + (span - now) / 2, 0, most - now), grid)
  return {
    x: sign.x > 0 ? box.x : sign.x < 0 ? snap(right - width, grid) : across(box.x, box.width, width, bounds.width),
    y: sign.y > 0 ? box.y : sign.y < 0 ? snap(bottom - height, grid) : across(box.y, box.height, height, bounds.height),
    width,
    height,
  }
}

/** The box between two points, in whatever direction it was drawn. */
export function drawBox(a: Point, b: Point, limits: Limits): Box {
  const { bounds, least, grid } = limits
  const on = (point: Point): Point => ({ x: clamp(point.x, 0, bounds.width), y: clamp(point.y, 0, bounds.height) })
  const [from, to] = [on(a), on(b)]
  const handle = `${to.y < from.y ? 'n' : 's'}${to.x < from.x ? 'w' : 'e'}` as Handle
  // Where it begins at the very edge, there is room on the other side of it.
  const start = {
    x: snap(handle.includes('e') ? Math.min(from.x, bounds.width - least) : Math.max(from.x, least), grid),
    y: snap(handle.startsWith('s') ? Math.min(from.y, bounds.height - least) : Math.max(from.y, least), grid),
    width: 0,
    height: 0,
  }
  return dragHandle(start, handle, to.x - start.x, to.y - start.y, limits)
}

/** The largest box of the limits' ratio round the middle of this one; without a ratio this one. */
export function boxOfRatio(box: Box, { bounds, grid, ratio }: Limits): Box {
  if (ratio === null) return box
  const width = Math.min(bounds.width, bounds.height * ratio)
  const sides = { width: Math.max(grid, snap(width, grid)), height: Math.max(grid, Math.min(bounds.height, snap(width / ratio, grid))) }
  const place = (middle: number, side: number, most: number): number => snap(clamp(middle - side / 2, 0, most - side), grid)
  return { x: place(box.x + box.width / 2, sides.width, bounds.width), y: place(box.y + box.height / 2, sides.height, bounds.height), ...sides }
}
