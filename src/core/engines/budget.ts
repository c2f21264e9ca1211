import { freemem, totalmem } from 'node:os'
import { StudioError } from '../../contract/index.js'

/** What the system says about its memory, in bytes. */
export interface MemorySource {
  available(): number
  total(): number
}

export const systemMemory: MemorySource = {
  // Counts what the system can give back (caches) and knows limits of containers; an old Node only knows what is free.
  available: () => process.availableMemory?.() ?? freemem(),
  total: () => Math.min(totalmem(), process.constrainedMemory?.() || totalmem()),
}

const MB = 1024 ** 2

/** Bytes that are left to everything else on this computer: a tenth of its memory, at least 512 MB, at most 2 GB. */
export function reserveOf(total: number): number {
  return Math.min(2048 * MB, Math.max(512 * MB, total / 10))
}

/** Bytes that models may take now. */
export function availableForModels(memory: MemorySource): number {
  return Math.max(0, memory.available() - reserveOf(memory.total()))
}

/**
 * Whether a model may be loaded: its need fits into what models may take, where `freeable` bytes are held by models that
 * can go. A built-in model is always tried when its need is below half of all that is available.
 */
export function mayLoad(need: { needed: number; builtIn: boolean }, freeable: number, memory: MemorySource): boolean {
  if (need.needed <= availableForModels(memory) + freeable) return true
  return need.builtIn && need.needed < (memory.available() + freeable) / 2
}

/** Errors: `out-of-memory` with what the model needs and what there is, where it does not fit. */
export function requireRoom(need: { needed: number; builtIn: boolean }, freeable: number, memory: MemorySource): void {
  if (!mayLoad(need, freeable, memory)) throw new StudioError('out-of-memory', { needed: need.needed, available: availableForModels(memory) + freeable })
}
