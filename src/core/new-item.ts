import { randomUUID } from 'node:crypto'
import { generateKeyBetween } from 'fractional-indexing'
import { StudioError, type FactId, type FactOf, type ItemKind, type RegisterWrite } from '../contract/index.js'
import { factIdOf, type Author, type ProjectReader } from './project/index.js'

/** What lies in a folder, in order: items and folders share one order. */
export function siblings(project: ProjectReader, folder: FactId | null): { id: FactId; order: string }[] {
  const all = [
    ...project.items().filter((one) => !one.deleted && one.folder === folder),
    ...project.folders().filter((one) => !one.deleted && one.parent === folder),
  ]
  return all.map(({ id, order }) => ({ id, order })).sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1))
}

export function orderAtEnd(project: ProjectReader, folder: FactId | null): string {
  return generateKeyBetween(project.lastOrder(folder), null)
}

export interface NewItem { readonly id: FactId; readonly fact: FactOf<'item'>; readonly registers: RegisterWrite[] }

/** A folder at the end of another one, ready to be written in a commit. */
export function newFolder(project: ProjectReader, author: Author, input: { title: string; parent: FactId | null }): { id: FactId; fact: FactOf<'folder'>; registers: RegisterWrite[]; order: string } {
  const { title, parent } = input
  const fact: FactOf<'folder'> = { kind: 'folder', at: Date.now(), by: author.person, nonce: randomUUID() }
  const id = factIdOf(fact)
  const order = orderAtEnd(project, parent)
  const registers: RegisterWrite[] = [
    { target: id, name: 'title', value: title },
    { target: id, name: 'order', value: order },
    ...(parent ? [{ target: id, name: 'parent' as const, value: parent }] : []),
  ]
  return { id, fact, registers, order }
}

/** An item at the end of a folder, ready to be written in a commit. Errors: `not-found` for a folder that is not there. */
export function newItem(project: ProjectReader, author: Author, input: { kind: ItemKind; title: string; folder: FactId | null }): NewItem {
  const { kind, title, folder } = input
  if (folder && !project.folders().some((one) => one.id === folder)) throw new StudioError('not-found', { what: 'folder', id: folder })
  const fact: FactOf<'item'> = { kind: 'item', at: Date.now(), by: author.person, nonce: randomUUID(), itemKind: kind }
  const id = factIdOf(fact)
  const registers: RegisterWrite[] = [
    { target: id, name: 'title', value: title },
    { target: id, name: 'order', value: orderAtEnd(project, folder) },
    ...(folder ? [{ target: id, name: 'parent' as const, value: folder }] : []),
  ]
  return { id, fact, registers }
}
