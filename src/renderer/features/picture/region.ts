/** A rectangle on a picture, in percent of it. */
export interface Region { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Smaller ones cannot be pointed at again. */
const smallest = 2
const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
const round = (value: number): number => Math.round(value * 10) / 10

/** Where a region begins that is placed with the keys. */
export const middle: Region = { x: 35, y: 35, width: 30, height: 30 }

function held({ x, y, width, height }: Region): Region {
  const w = clamp(width, smallest, 100)
  const h = clamp(height, smallest, 100)
  return { x: round(clamp(x, 0, 100 - w)), y: round(clamp(y, 0, 100 - h)), width: round(w), height: round(h) }
}

/** The region between two points of a picture, each in percent of it, in whatever direction it was drawn. */
export function regionBetween(a: { x: number; y: number }, b: { x: number; y: number }): Region {
  const [left, right] = [clamp(Math.min(a.x, b.x), 0, 100), clamp(Math.max(a.x, b.x), 0, 100)]
  const [top, bottom] = [clamp(Math.min(a.y, b.y), 0, 100), clamp(Math.max(a.y, b.y), 0, 100)]
  return held({ x: left, y: top, width: right - left, height: bottom - top })
}

export function moveRegion(region: Region, x: number, y: number): Region {
  return held({ ...region, x: region.x + x, y: region.y + y })
}

/** Larger or smaller at its right and lower edge. */
export function sizeRegion(region: Region, width: number, height: number): Region {
  return held({ ...region, width: Math.min(region.width + width, 100 - region.x), height: Math.min(region.height + height, 100 - region.y) })
}
