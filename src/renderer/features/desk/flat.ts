import type { DeskNode } from './tree.js'

/** A row of the desk as it is drawn: the open folders unfolded into one list. */
export interface FlatRow {
  readonly node: DeskNode
  /** From 1. */
  readonly level: number
  /** Place among the rows of its folder, from 1, and how many they are. */
  readonly place: number
  readonly siblings: number
  /** Null for what cannot be opened: an item, or a folder with nothing in it. */
  readonly isOpen: boolean | null
}

export function flatten(nodes: readonly DeskNode[], isOpen: (id: string) => boolean): readonly FlatRow[] {
  const rows: FlatRow[] = []
  const add = (siblings: readonly DeskNode[], level: number): void => {
    for (const [index, node] of siblings.entries()) {
      const opens = node.item || node.children.length === 0 ? null : isOpen(node.id)
      rows.push({ node, level, place: index + 1, siblings: siblings.length, isOpen: opens })
      if (opens) add(node.children, level + 1)
    }
  }
  add(nodes, 1)
  return rows
}

/** What a key of the arrows and the like leads to: another row, or a folder that is opened or closed. Null for other keys. */
export function walk(rows: readonly FlatRow[], at: number, key: string, screen: number): { readonly to: number } | { readonly open: string; readonly isOpen: boolean } | null {
  const row = rows[at]
  const clamp = (to: number): { to: number } => ({ to: Math.max(0, Math.min(rows.length - 1, to)) })
  switch (key) {
    case 'ArrowDown': return clamp(at + 1)
    case 'ArrowUp': return clamp(at - 1)
    case 'Home': return clamp(0)
    case 'End': return clamp(rows.length - 1)
    case 'PageDown': return clamp(at + screen)
    case 'PageUp': return clamp(at - screen)
    case 'ArrowRight':
      if (!row || row.isOpen === null) return null
      return row.isOpen ? clamp(at + 1) : { open: row.node.id, isOpen: true }
    case 'ArrowLeft': {
      if (!row) return null
      if (row.isOpen) return { open: row.node.id, isOpen: false }
      const parent = rows.findLastIndex((one, index) => index < at && one.level < row.level)
      return parent === -1 ? null : clamp(parent)
    }
    default: return null
  }
}

/** The next row whose title begins with what was typed, the one at `at` included where more than one letter was. */
export function findTyped(rows: readonly FlatRow[], at: number, typed: string): number | null {
  const wanted = typed.toLocaleLowerCase()
  for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length
    if (rows[index]!.node.title.toLocaleLowerCase().startsWith(wanted)) return index
  }
  return null
}

/** Where a row goes by keys: up and down among its siblings, into the folder above it, out of its own. Null where there is no way. */
export function placeByKey(rows: readonly FlatRow[], at: number, key: string): { readonly target: string; readonly position: 'on' | 'before' | 'after' } | null {
  const row = rows[at]
  if (!row) return null
  const siblings = rows.filter((one) => one.node.parent === row.node.parent)
  const own = siblings.indexOf(row)
  const before = siblings[own - 1]
  const after = siblings[own + 1]
  switch (key) {
    case 'ArrowUp': return before ? { target: before.node.id, position: 'before' } : null
    case 'ArrowDown': return after ? { target: after.node.id, position: 'after' } : null
    case 'ArrowRight': return before && !before.node.item ? { target: before.node.id, position: 'on' } : null
    case 'ArrowLeft': return row.node.parent === null ? null : { target: row.node.parent, position: 'after' }
    default: return null
  }
}
