import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fact, FactId, FactOf, ItemKind, RegisterWrite, Sha256 } from '../../../contract/index.js'
import { canonicalText, factIdOf, hashOf } from '../hashing.js'
import { decisionBytes, membershipBytes } from '../signatures.js'
import type { Author, Change, ProjectWriter, ReplicaMemory } from '../types.js'

/** A folder for one test file, with a way to take it away again. */
export function makeFolder(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'galley-project-'))
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A person with a key of their own. `derKey`: write the public key as DER, as some key stores do. */
export function makeAuthor(name: string, derKey = false): Author {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const der = publicKey.export({ format: 'der', type: 'spki' })
  return {
    person: `person-${name.toLowerCase()}`,
    name,
    signer: { publicKey: (derKey ? der : der.subarray(12)).toString('base64url'), sign: async (bytes) => sign(null, bytes, privateKey).toString('base64url') },
  }
}

export interface TestMemory extends ReplicaMemory { readonly values: Map<string, ReturnType<ReplicaMemory['read']>> }

export function makeMemory(): TestMemory {
  const values: TestMemory['values'] = new Map()
  return { values, read: (identity) => values.get(identity) ?? null, write: (identity, value) => void values.set(identity, value) }
}

const nonce = (): string => randomBytes(9).toString('base64url')

export const itemFact = (author: Author, itemKind: ItemKind = 'text', at = 1): FactOf<'item'> => (
  { kind: 'item', at, by: author.person, nonce: nonce(), itemKind }
)
export const folderFact = (author: Author, at = 1): FactOf<'folder'> => ({ kind: 'folder', at, by: author.person, nonce: nonce() })

/** Blocks of a text with these paragraphs, as canonical JSON. */
export const paragraphs = (...texts: string[]): string[] => texts.map((text) => canonicalText({ type: 'paragraph', content: [{ type: 'text', text }] }))

export function textVersion(author: Author, item: FactId, blocks: readonly string[], parents: readonly FactId[] = [], at = 1): FactOf<'version'> {
  return {
    kind: 'version', at, by: author.person, item, parents: [...parents], reason: 'named', recipe: { by: 'hand', note: nonce() },
    content: { type: 'text', schema: 1, blocks: blocks.map((block) => hashOf(block)) },
  }
}

export function blobVersion(author: Author, item: FactId, blob: { hash: Sha256; size: number }, at = 1): FactOf<'version'> {
  return { kind: 'version', at, by: author.person, item, parents: [], reason: 'generated',
    recipe: { by: 'hand', note: nonce() }, content: { type: 'blob', ...blob, mediaType: 'image/png' } }
}

export async function decisionFact(author: Author, item: FactId, version: FactId, at = 1): Promise<FactOf<'decision'>> {
  const fact = { kind: 'decision', at, by: author.person, item, version, decision: 'approve', notes: '', scope: 'all', key: author.signer.publicKey } as const
  return { ...fact, signature: await author.signer.sign(decisionBytes(fact)) }
}

export async function membershipFact(author: Author, member: Author, at = 1): Promise<FactOf<'membership'>> {
  const fact = { kind: 'membership', at, by: author.person, member: member.signer.publicKey,
    person: member.person, name: member.name, role: 'editor', key: author.signer.publicKey } as const
  return { ...fact, signature: await author.signer.sign(membershipBytes(fact)) }
}

export const title = (target: FactId, value: string): RegisterWrite => ({ target, name: 'title', value })

/** Commits with a label that says nothing. */
export function commit(
  project: ProjectWriter, author: Author, change: Omit<Change, 'author' | 'label'> & { label?: string }
): Promise<{ hash: Sha256; facts: readonly FactId[] }> {
  return project.commit({ label: 'undo.test', ...change, author })
}

/** Adds a text item with a title and one version; answers both ids. */
export async function addText(project: ProjectWriter, author: Author, name: string, ...texts: string[]): Promise<{ item: FactId; version: FactId }> {
  const fact: Fact = itemFact(author)
  const item = factIdOf(fact)
  const blocks = paragraphs(...texts)
  const version = textVersion(author, item, blocks)
  await commit(project, author, { facts: [fact, version], blocks, registers: [title(item, name)] })
  return { item, version: factIdOf(version) }
}
