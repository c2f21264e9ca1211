/** What the layout needs to know of a version. */
export interface GraphNode {
  readonly id: string
  readonly item: string
  readonly at: number
  readonly madeFrom: readonly string[]
  readonly read: readonly string[]
}

export interface PlacedNode { readonly id: string; readonly x: number; readonly y: number }
export interface GraphLane { readonly item: string; readonly y: number; readonly height: number }
export interface GraphDate { readonly day: string; readonly at: number; readonly x: number }
export interface GraphEdge { readonly from: string; readonly to: string; readonly kind: 'made-from' | 'read'; readonly path: string }
export interface Graph {
  readonly nodes: readonly PlacedNode[]
  readonly lanes: readonly GraphLane[]
  readonly dates: readonly GraphDate[]
  readonly edges: readonly GraphEdge[]
  readonly width: number
  readonly height: number
}

/** Sizes in units; the page scales them. */
export const unit = { left: 20, column: 118, width: 92, picture: 69, row: 96, head: 22 } as const
/** More versions than these of one item in one column go on in the next. */
const mostInColumn = 5

const dayOf = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`
}

interface Cell { readonly node: GraphNode; readonly column: number; row: number }

/**
 * Lays versions out by item, one lane each, and by day from left to right. Within a day a version stands right of what it
 * was made from; versions that were made side by side stand below each other.
 */
export function layoutGraph(nodes: readonly GraphNode[]): Graph {
  const sorted = [...nodes].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const { columns, dates } = assignColumns(sorted)
  const byItem = new Map<string, Cell[]>()
  for (const node of sorted) byItem.set(node.item, [...(byItem.get(node.item) ?? []), { node, column: columns.get(node.id)!, row: 0 }])

  const lanes: GraphLane[] = []
  const places = new Map<string, { x: number; y: number; column: number; row: number; item: string }>()
  let y = 0
  for (const [item, cells] of byItem) {
    const rows = assignRows(cells)
    const height = unit.head + rows * unit.row + 4
    lanes.push({ item, y, height })
    for (const { node, column, row } of cells) places.set(node.id, { x: unit.left + column * unit.column, y: y + unit.head + row * unit.row, column, row, item })
    y += height
  }
  const edges = sorted.flatMap((node) => [
    ...node.madeFrom.map((from) => ({ from, to: node.id, kind: 'made-from' as const })),
    ...node.read.map((from) => ({ from, to: node.id, kind: 'read' as const })),
  ]).flatMap((edge): GraphEdge[] => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)]
    if (!from || !to) return []
    const isBlocked = from.item === to.item && from.row === to.row && [...places.values()].some((other) => other.item === from.item && other.row === from.row && other.column > from.column && other.column < to.column)
    return [{ ...edge, path: isBlocked ? around(from, to) : curve(from, to) }]
  })
  const columnCount = Math.max(0, ...columns.values()) + 1
  return { nodes: [...places].map(([id, place]) => ({ id, x: place.x, y: place.y })), lanes, dates, edges, width: unit.left * 2 + (columnCount - 1) * unit.column + unit.width, height: y }
}

function assignColumns(sorted: readonly GraphNode[]): { columns: ReadonlyMap<string, number>; dates: readonly GraphDate[] } {
  const columns = new Map<string, number>()
  const dates: GraphDate[] = []
  const days = new Map<string, GraphNode[]>()
  for (const node of sorted) days.set(dayOf(node.at), [...(days.get(dayOf(node.at)) ?? []), node])
  let first = 0
  for (const [day, nodes] of days) {
    dates.push({ day, at: nodes[0]!.at, x: unit.left + first * unit.column })
    const filled = new Map<string, number>()
    let last = first
    for (const node of nodes) {
      const before = [...node.madeFrom, ...node.read].map((id) => columns.get(id) ?? -1)
      let column = Math.max(first, ...before.map((at) => at + 1))
      while ((filled.get(`${node.item} ${column}`) ?? 0) >= mostInColumn) column++
      filled.set(`${node.item} ${column}`, (filled.get(`${node.item} ${column}`) ?? 0) + 1)
      columns.set(node.id, column)
      last = Math.max(last, column)
    }
    first = last + 1
  }
  return { columns, dates }
}

/** Gives each version of an item a row, that of its parent where it is free. Answers with how many rows there are. */
function assignRows(cells: readonly Cell[]): number {
  const taken = new Set<string>()
  let rows = 1
  for (const cell of cells) {
    const parent = cells.find((other) => cell.node.madeFrom.includes(other.node.id))
    let row = parent?.row ?? 0
    if (taken.has(`${cell.column} ${row}`)) for (row = 0; taken.has(`${cell.column} ${row}`); row++);
    taken.add(`${cell.column} ${row}`)
    cell.row = row
    rows = Math.max(rows, row + 1)
  }
  return rows
}

interface Point { readonly x: number; readonly y: number }

const middle = unit.picture / 2

function curve(from: Point, to: Point): string {
  const [x1, y1, x2, y2] = [from.x + unit.width, from.y + middle, to.x - 1, to.y + middle]
  const bend = y1 === y2 ? 8 : Math.max(14, (x2 - x1) / 2)
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`
}

/** Under what stands between two versions of one row. */
function around(from: Point, to: Point): string {
  const [x1, y1, x2, y2] = [from.x + unit.width, from.y + unit.picture - 10, to.x - 1, to.y + unit.picture - 10]
  const low = y1 + 36
  return `M${x1},${y1}C${x1 + 14},${y1} ${x1 + 8},${low} ${x1 + 28},${low}L${x2 - 28},${low}C${x2 - 8},${low} ${x2 - 14},${y2} ${x2},${y2}`
}
