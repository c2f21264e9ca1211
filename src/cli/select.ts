import { StudioError, type ItemSummary, type ProjectSummary, type VersionSummary } from '../contract/index.js'
import { WrongCall, type StudioClient } from './command.js'

const wholeId = /^[0-9a-f]{64}$/
const beginningOfId = /^[0-9a-f]{4,63}$/

/** The one of these that a person means: by whole id, title, or unique beginning of an id or title. Errors: `not-found`, `WrongCall` where several fit. */
export function pick<T extends { id: string; title: string }>(things: readonly T[], name: string, what: 'item' | 'version'): T {
  const folded = name.normalize('NFC').toLowerCase()
  const titleOf = (thing: T): string => thing.title.normalize('NFC').toLowerCase()
  const ways: ((thing: T) => boolean)[] = [
    (thing) => thing.id === name,
    (thing) => titleOf(thing) === folded,
    (thing) => beginningOfId.test(name) && thing.id.startsWith(name),
    (thing) => folded !== '' && titleOf(thing).startsWith(folded),
  ]
  for (const fits of ways) {
    const found = things.filter(fits)
    if (found.length === 1) return found[0]!
    if (found.length > 1) {
      throw new WrongCall(`“${name}” may mean ${found.length} of them: ${found.slice(0, 5).map((thing) => `${thing.id.slice(0, 8)} ${thing.title}`).join(', ')}`)
    }
  }
  throw new StudioError('not-found', { what, id: name })
}

export async function findItem(client: StudioClient, project: ProjectSummary, name: string): Promise<ItemSummary> {
  return pick((await client.items.list({ project: project.handle })).items, name, 'item')
}

async function* versionsOf(client: StudioClient, project: ProjectSummary, item: ItemSummary): AsyncGenerator<VersionSummary> {
  for (let before: number | undefined; ; ) {
    const { versions } = await client.items.versions({ project: project.handle, item: item.id, before, limit: 500 })
    yield* versions
    const last = versions.at(-1)
    if (last === undefined || last.ordinal <= 1) return
    before = last.ordinal
  }
}

/**
 * A version by its id, a unique beginning of it, a name that a person gave it, or an item's title (its head).
 * Errors: `not-found`, `WrongCall` where several fit.
 */
export async function findVersion(client: StudioClient, project: ProjectSummary, name: string): Promise<VersionSummary> {
  const ask = (version: string): Promise<VersionSummary> => client.items.version({ project: project.handle, version })
  if (wholeId.test(name)) return ask(name)
  const { items } = await client.items.list({ project: project.handle })
  const found: { id: string; title: string }[] = []
  for (const item of items) {
    if (item.title.normalize('NFC').toLowerCase() === name.normalize('NFC').toLowerCase()) found.push(...item.heads.map((id) => ({ id, title: item.title })))
  }
  if (found.length === 0) {
    for (const item of items) {
      for await (const version of versionsOf(client, project, item)) {
        if ((beginningOfId.test(name) && version.id.startsWith(name)) || version.name === name) found.push({ id: version.id, title: version.name ?? item.title })
      }
    }
  }
  if (found.length === 1) return ask(found[0]!.id)
  if (found.length === 0) throw new StudioError('not-found', { what: 'version', id: name })
  throw new WrongCall(`“${name}” may mean ${found.length} versions: ${found.slice(0, 5).map((one) => `${one.id.slice(0, 12)} ${one.title}`).join(', ')}`)
}
