import { z } from 'zod'

/**
 * The closed list of what can go wrong across a boundary. The renderer has a sentence and a next step for each code
 * (messages `error.<code>`), so a new code without one does not compile.
 */
export const studioErrorData = {
  'bad-input': z.object({ detail: z.string() }),
  'not-found': z.object({ what: z.enum(['project', 'file', 'item', 'version', 'proposal', 'job', 'model', 'folder', 'comment']), id: z.string() }),
  'project-exists': z.object({ path: z.string() }),
  'project-in-use': z.object({ path: z.string() }),
  'project-newer': z.object({ path: z.string(), version: z.number(), supported: z.number() }),
  'project-damaged': z.object({ path: z.string(), detail: z.string() }),
  'not-a-project': z.object({ path: z.string(), detail: z.string() }),
  'project-read-only': z.object({ path: z.string() }),
  'not-the-same-project': z.object({ path: z.string() }),
  /** Something cannot be written there, whoever asks. */
  'bad-target': z.object({ path: z.string(), reason: z.enum(['file', 'folder', 'project', 'missing', 'name']) }),
  'file-too-large': z.object({ name: z.string(), bytes: z.number(), limit: z.number() }),
  'empty-folder': z.object({ path: z.string() }),
  'disk-full': z.object({ path: z.string() }),
  'no-permission': z.object({ path: z.string() }),
  'text-in-use': z.object({ item: z.string() }),
  'stale-draft': z.object({ item: z.string(), expected: z.number(), got: z.number() }),
  'piece-changed': z.object({ proposal: z.string(), piece: z.number() }),
  'already-decided': z.object({ proposal: z.string(), piece: z.number() }),
  'nothing-to-undo': z.object({ detail: z.string() }),
  'model-missing': z.object({ model: z.string(), next: z.string() }),
  'not-a-model': z.object({ path: z.string(), detail: z.string() }),
  'needs-larger-model': z.object({ operation: z.string(), model: z.string() }),
  'prompt-too-long': z.object({ tokens: z.number(), limit: z.number() }),
  'engine-lost': z.object({ role: z.string(), detail: z.string() }),
  'engine-unavailable': z.object({ role: z.string(), detail: z.string() }),
  'out-of-memory': z.object({ needed: z.number(), available: z.number(), largest: z.string().optional() }),
  'not-an-image': z.object({ name: z.string(), detail: z.string() }),
  'image-too-large': z.object({ name: z.string(), pixels: z.number(), limit: z.number() }),
  'bad-output': z.object({ detail: z.string() }),
  'not-supported': z.object({ detail: z.string() }),
  cancelled: z.object({}),
  internal: z.object({ detail: z.string() }),
} as const

export type StudioErrorCode = keyof typeof studioErrorData
export type StudioErrorData<C extends StudioErrorCode> = z.infer<(typeof studioErrorData)[C]>

/** An error of the closed list. Core and engines throw it; at the boundary it becomes the contract's error. */
export class StudioError<C extends StudioErrorCode = StudioErrorCode> extends Error {
  constructor(
    readonly code: C,
    readonly data: StudioErrorData<C>,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${JSON.stringify(data)}`, options)
    this.name = 'StudioError'
  }
}

/** What a failed job or engine request carries: the error as plain data. */
export const errorRecord = z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) })
export type ErrorRecord = z.infer<typeof errorRecord>

/** The plain form of any thrown value; what is not of the list becomes `internal`. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof StudioError) return { code: error.code, data: { ...error.data } }
  return { code: 'internal', data: { detail: error instanceof Error ? error.message : String(error) } }
}

/** The error that a record describes; an unknown code becomes `internal`. */
export function fromErrorRecord(record: ErrorRecord): StudioError {
  const code = (Object.hasOwn(studioErrorData, record.code) ? record.code : 'internal') as StudioErrorCode
  const parsed = studioErrorData[code].safeParse(record.data)
  if (parsed.success) return new StudioError(code, parsed.data as never)
  return new StudioError('internal', { detail: `${record.code}: ${JSON.stringify(record.data)}` })
}
