/** Pixels of the page. */
export interface Size { readonly width: number; readonly height: number }

/** How a picture lies on the table: `x` and `y` are how far its middle is from the table's. */
export interface Place { readonly scale: number | 'fit'; readonly x: number; readonly y: number }

export const fitted: Place = { scale: 'fit', x: 0, y: 0 }

/** Room round a picture that fits, in pixels: what floats beside and below it covers none of it. */
const margin = { x: 60, y: 48 }
const smallest = 0.02
const largest = 32
/** A small picture is not blown up without end to fill the table. */
const largestFit = 8

/** The scale at which the whole picture is seen. */
export function fitScale(table: Size, picture: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1
  const room = Math.min((table.width - 2 * margin.x) / picture.width, (table.height - 2 * margin.y) / picture.height)
  return Math.max(smallest, Math.min(room, largestFit))
}

/** The scale of a closer look: the picture's own size, or twice as large as it fits where that is no closer. */
export function closeScale(table: Size, picture: Size): number {
  const fit = fitScale(table, picture)
  return fit < 0.75 ? 1 : fit * 2
}

export function scaleOf(place: Place, table: Size, picture: Size): number {
  return place.scale === 'fit' ? fitScale(table, picture) : place.scale
}

/** Keeps some of the picture on the table: its middle stays where at least a third of it is seen. */
export function heldOnTable(place: Place, table: Size, picture: Size): Place {
  if (place.scale === 'fit') return fitted
  const most = (span: number, room: number): number => Math.max(0, (span * Number(place.scale)) / 2 + room / 2 - Math.min(span * Number(place.scale), room) / 3)
  const hold = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value))
  return { scale: place.scale, x: hold(place.x, most(picture.width, table.width)), y: hold(place.y, most(picture.height, table.height)) }
}

/** Another scale with the point (measured from the table's middle) staying where it is. */
export function zoomTo(place: Place, scale: number, table: Size, picture: Size, point = { x: 0, y: 0 }): Place {
  const before = scaleOf(place, table, picture)
  const after = Math.max(smallest, Math.min(largest, scale))
  const move = (value: number, at: number): number => at - ((at - value) * after) / before
  return heldOnTable({ scale: after, x: move(place.scale === 'fit' ? 0 : place.x, point.x), y: move(place.scale === 'fit' ? 0 : place.y, point.y) }, table, picture)
}

/** The next step larger or smaller. */
export function zoomBy(place: Place, factor: number, table: Size, picture: Size, point?: { x: number; y: number }): Place {
  return zoomTo(place, scaleOf(place, table, picture) * factor, table, picture, point)
}

export function moveBy(place: Place, x: number, y: number, table: Size, picture: Size): Place {
  const from = place.scale === 'fit' ? { scale: fitScale(table, picture), x: 0, y: 0 } : place
  return heldOnTable({ scale: from.scale, x: from.x + x, y: from.y + y }, table, picture)
}
