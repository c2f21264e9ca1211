import type { FolderSummary, ItemSummary } from '../../../contract/index.js'

/** A row of the desk. */
export interface DeskNode {
  readonly id: string
  readonly title: string
  /** Null for a folder. */
  readonly item: ItemSummary | null
  readonly parent: string | null
  readonly children: readonly DeskNode[]
}

interface Entry {
  readonly id: string
  readonly title: string
  readonly order: string
  readonly parent: string | null
  readonly item: ItemSummary | null
}

// Fractional indexes are compared as strings of code units; a comparison by language would sort them otherwise.
function compare(a: Entry, b: Entry): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** Whether a folder lies, by its parents, in itself: two people may have moved two folders into each other [REG1]. */
function isInCycle(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>()
  let at: string | null = id
  while (at !== null && parents.has(at)) {
    if (seen.has(at)) return true
    seen.add(at)
    at = parents.get(at) ?? null
  }
  return false
}

/** The desk's rows in order. What lies in a folder that is gone, or in a circle of folders, is shown at the top. */
export function buildTree(items: readonly ItemSummary[], folders: readonly FolderSummary[]): readonly DeskNode[] {
  const parents = new Map(folders.map((folder) => [folder.id, folder.parent]))
  const place = (parent: string | null): string | null => (parent !== null && parents.has(parent) ? parent : null)
  const entries: Entry[] = [
    ...folders.map((folder) => ({
      id: folder.id,
      title: folder.title,
      order: folder.order,
      parent: isInCycle(folder.id, parents) ? null : place(folder.parent),
      item: null,
    })),
    ...items.map((item) => ({ id: item.id, title: item.title, order: item.order, parent: place(item.folder), item })),
  ]
  const byParent = new Map<string | null, Entry[]>()
  for (const entry of entries.sort(compare)) {
    const siblings = byParent.get(entry.parent)
    if (siblings) siblings.push(entry)
    else byParent.set(entry.parent, [entry])
  }
  const grow = (parent: string | null): DeskNode[] =>
    (byParent.get(parent) ?? []).map((entry) => ({
      id: entry.id,
      title: entry.title,
      item: entry.item,
      parent: entry.parent,
      children: entry.item ? [] : grow(entry.id),
    }))
  return grow(null)
}

/** Rows whose title holds the words, with the folders that they lie in; a folder that fits keeps all that is in it. */
export function filterTree(nodes: readonly DeskNode[], words: string): readonly DeskNode[] {
  const wanted = words.trim().toLocaleLowerCase()
  if (wanted === '') return nodes
  return nodes.flatMap((node): DeskNode[] => {
    if (node.title.toLocaleLowerCase().includes(wanted)) return [node]
    const children = filterTree(node.children, words)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}

export function findNode(nodes: readonly DeskNode[], id: string): DeskNode | null {
  for (const node of nodes) {
    const found = node.id === id ? node : findNode(node.children, id)
    if (found) return found
  }
  return null
}

/** The folders that a row lies in, innermost first. */
export function parentsOf(nodes: readonly DeskNode[], id: string): readonly string[] {
  const parent = findNode(nodes, id)?.parent ?? null
  return parent === null ? [] : [parent, ...parentsOf(nodes, parent)]
}

/** Titles of the folders that a row lies in, outermost first. */
export function folderTitles(nodes: readonly DeskNode[], id: string): readonly string[] {
  const parent = findNode(nodes, id)?.parent ?? null
  if (parent === null) return []
  return [...folderTitles(nodes, parent), findNode(nodes, parent)?.title ?? '']
}

export function countItems(nodes: readonly DeskNode[]): number {
  return nodes.reduce((sum, node) => sum + (node.item ? 1 : countItems(node.children)), 0)
}

export interface Place {
  readonly folder: string | null
  /** The row that it comes before; undefined: the end. */
  readonly before: string | undefined
}

/** Where a row goes that is dropped on, before or after another; null where it may not go (a folder into itself). */
export function placeOf(nodes: readonly DeskNode[], moved: string, target: string, position: 'on' | 'before' | 'after'): Place | null {
  const node = findNode(nodes, target)
  const own = findNode(nodes, moved)
  if (!node || !own || target === moved || findNode(own.children, target)) return null
  if (position === 'on') return node.item ? null : { folder: node.id, before: undefined }
  const siblings = (node.parent === null ? nodes : (findNode(nodes, node.parent)?.children ?? [])).filter((sibling) => sibling.id !== moved)
  const index = siblings.findIndex((sibling) => sibling.id === target)
  return { folder: node.parent, before: position === 'before' ? target : siblings[index + 1]?.id }
}
