import { fact as factSchema, registerWrite, StudioError, type Fact, type FactId, type RegisterWrite, type Sha256 } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { canonicalText, hashOf, parseBounded } from './hashing.js'
import { pack, type Packed } from './packing.js'
import { measureBlock, type BlockMeasure } from './projections/words.js'
import { hasValidOwnSignature } from './signatures.js'
import type { Slices } from './slices.js'
import { hasBody } from './store.js'
import type { Change } from './types.js'

/** A change that was checked and packed, so that only writing is left for the transaction. */
export interface PreparedChange {
  readonly facts: readonly { readonly id: FactId; readonly fact: Fact; readonly packed: Packed }[]
  readonly registers: readonly RegisterWrite[]
  /** Measured while they are at hand: reading them back from the file would cost more than writing them. */
  readonly blocks: ReadonlyMap<Sha256, { readonly packed: Packed; readonly measure: BlockMeasure }>
}

const refuse = (detail: string): never => {
  throw new StudioError('bad-input', { detail })
}

/** Checks and packs a change. Errors: `bad-input` for what may not be written. */
export async function prepareChange(
  connection: Connection, change: Pick<Change, 'facts' | 'registers' | 'blocks'>, slices: Slices, isBeginning = false
): Promise<PreparedChange> {
  const given = new Map<Sha256, GivenBlock>()
  for (const block of change.blocks ?? []) {
    const parsed = parseBlock(block)
    if (canonicalText(parsed) !== block) refuse('a text block is not canonical JSON')
    given.set(hashOf(block), { text: block, parsed })
    await slices.breathe()
  }
  const facts: PreparedChange['facts'][number][] = []
  const blocks = new Map<Sha256, { packed: Packed; measure: BlockMeasure }>()
  for (const fact of change.facts ?? []) {
    const text = canonicalText(fact)
    const parsed = factSchema.safeParse(fact)
    if (!parsed.success) refuse(`not a fact: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`)
    else if (canonicalText(parsed.data) !== text) refuse('a fact has fields that are not its own')
    if (fact.kind === 'project' && !isBeginning) refuse('a project has one beginning')
    if (!hasValidOwnSignature(fact)) refuse(`a ${fact.kind} without a valid signature by its key`)
    if (fact.kind === 'version') await checkContent(connection, fact, given, blocks, slices)
    facts.push({ id: hashOf(text), fact, packed: pack(text) })
    await slices.breathe()
  }
  return { facts, registers: checkRegisters(change.registers ?? []), blocks }
}

interface GivenBlock { readonly text: string; readonly parsed: unknown }

function parseBlock(block: string): unknown {
  try {
    return parseBounded(block)
  } catch (error) {
    return refuse(`a text block is not JSON: ${(error as Error).message}`)
  }
}

/** What a version names must be in the file or come with the change; blocks that nothing names are left out. */
async function checkContent(
  connection: Connection, fact: Extract<Fact, { kind: 'version' }>, given: ReadonlyMap<Sha256, GivenBlock>,
  blocks: Map<Sha256, { packed: Packed; measure: BlockMeasure }>, slices: Slices
): Promise<void> {
  const { content } = fact
  if (content.type === 'blob') {
    const blob = connection.get<{ size: number }>('SELECT size FROM blobs WHERE hash = ?', content.hash)
    if (blob === undefined) refuse(`blob ${content.hash} is not in the file`)
    else if (blob.size !== content.size) refuse(`blob ${content.hash} has ${blob.size} bytes, not ${content.size}`)
    return
  }
  for (const hash of content.blocks) {
    if (blocks.has(hash) || hasBody(connection, 'blocks', hash)) continue
    const block = given.get(hash)
    if (block === undefined) refuse(`text block ${hash} is not in the file`)
    else blocks.set(hash, { packed: pack(block.text), measure: measureBlock(block.parsed) })
    await slices.breathe()
  }
}

function checkRegisters(registers: readonly RegisterWrite[]): readonly RegisterWrite[] {
  const named = new Set<string>()
  for (const write of registers) {
    const parsed = registerWrite.safeParse(write)
    if (!parsed.success) refuse(`not a register: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`)
    const name = `${write.target} ${write.name}`
    if (named.has(name)) refuse(`register ${write.name} is written twice`)
    named.add(name)
  }
  return registers
}
