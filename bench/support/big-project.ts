import { randomUUID } from 'node:crypto'
import { generateKeyBetween } from 'fractional-indexing'
import type { Fact, FactId, RegisterWrite } from '../../src/contract/index.js'
import { factIdOf, type OpenProject } from '../../src/core/project/index.js'
import type { Author } from '../../src/core/project/types.js'
import { paragraphs, textVersion, title } from '../../src/core/project/testing/fixtures.js'
import { wordSource } from './words.js'

const PER_COMMIT = 20

/**
 * Fills a project with text items, each with a line of versions of three paragraphs, in commits of twenty versions. Not
 * synced: a project of this size grows over years, and only what it is in the end is measured.
 */
export async function fillProject(project: OpenProject, author: Author, { items, versions }: { items: number; versions: number }): Promise<void> {
  const { database } = project.connection
  database.pragma('synchronous = OFF')
  database.pragma('wal_autocheckpoint = 20000')
  const words = wordSource(7)
  const heads: { item: FactId; head: FactId | null }[] = []
  let order: string | null = null
  for (let start = 0; start < items; start += PER_COMMIT) {
    const facts: Fact[] = []
    const registers: RegisterWrite[] = []
    for (let at = start; at < Math.min(items, start + PER_COMMIT); at++) {
      const fact = { kind: 'item', at, by: author.person, nonce: randomUUID(), itemKind: 'text' } as const
      const item = factIdOf(fact)
      order = generateKeyBetween(order, null)
      facts.push(fact)
      registers.push(title(item, words.sentence(4)), { target: item, name: 'order', value: order })
      heads.push({ item, head: null })
    }
    await project.commit({ label: 'undo.create', author, facts, registers })
  }
  for (let done = 0; done < versions; done += PER_COMMIT) {
    const facts: Fact[] = []
    const blocks: string[] = []
    for (let at = done; at < Math.min(versions, done + PER_COMMIT); at++) {
      const place = heads[at % items]!
      const own = paragraphs(words.sentence(30), words.sentence(30), words.sentence(30))
      const version: Fact = textVersion(author, place.item, own, place.head === null ? [] : [place.head], at)
      facts.push(version)
      blocks.push(...own)
      place.head = factIdOf(version)
    }
    await project.commit({ label: 'undo.keep', author, facts, blocks })
  }
  database.pragma('synchronous = FULL')
}
