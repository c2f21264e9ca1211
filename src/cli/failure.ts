import { fromErrorRecord, StudioError, toErrorRecord, type ErrorRecord, type StudioErrorCode, type StudioErrorData } from '../contract/index.js'
import { WrongCall } from './command.js'

export const exitCodes = { done: 0, wrongCall: 2, failed: 3 } as const

/** The error of the closed list behind whatever was thrown: a client's errors carry code and data as the studio's own do. */
export function failureOf(error: unknown): { record: ErrorRecord; exitCode: number } {
  if (error instanceof WrongCall) return { record: { code: 'bad-input', data: { detail: error.message } }, exitCode: exitCodes.wrongCall }
  if (error instanceof StudioError) return { record: toErrorRecord(error), exitCode: exitCodes.failed }
  const { code, data } = (error ?? {}) as { code?: unknown; data?: unknown }
  if (typeof code === 'string' && typeof data === 'object' && data !== null) {
    const known = fromErrorRecord({ code, data: data as Record<string, unknown> })
    if (known.code === code) return { record: toErrorRecord(known), exitCode: exitCodes.failed }
    // The contract's own refusal of an input that does not parse.
    if (code === 'BAD_REQUEST') return { record: { code: 'bad-input', data: { detail: JSON.stringify(data) } }, exitCode: exitCodes.failed }
  }
  return { record: toErrorRecord(error), exitCode: exitCodes.failed }
}

type Sentences = { [C in StudioErrorCode]?: (data: StudioErrorData<C>) => string }

const sentences: Sentences = {
  'bad-input': ({ detail }) => detail,
  'not-found': ({ what, id }) => `There is no ${what} “${id}”.`,
  'project-exists': ({ path }) => `${path} is there already.`,
  'project-in-use': ({ path }) => `${path} is open in another Galley. Close it there first.`,
  'project-newer': ({ path }) => `${path} was written by a newer Galley.`,
  'project-damaged': ({ path, detail }) => `${path} is damaged: ${detail}. Try “galley check --rebuild”.`,
  'not-a-project': ({ path }) => `${path} is not a Galley project.`,
  'project-read-only': ({ path }) => `${path} cannot be changed.`,
  'bad-target': ({ path, reason }) => ({
    'file': `${path} is a file.`, 'folder': `${path} is a folder.`, 'project': `${path} is a project, and an export never writes over one.`,
    'missing': `The folder of ${path} is not there.`, 'name': `No file can have the name ${path}.`,
  })[reason],
  'file-too-large': ({ name, limit }) => `${name} is too large: at most ${Math.round(limit / 1024 ** 2)} MB are taken in as one item.`,
  'empty-folder': ({ path }) => `There is no file in ${path}.`,
  'not-an-image': ({ name, detail }) => `${name} is not a picture that can be read: ${detail}`,
  'image-too-large': ({ name, pixels, limit }) => `${name} has ${Math.round(pixels / 1e6)} megapixels, and at most ${Math.round(limit / 1e6)} are taken in.`,
  'not-the-same-project': ({ path }) => `${path} is a copy of another project.`,
  'disk-full': ({ path }) => `There is no space left for ${path}.`,
  'no-permission': ({ path }) => `You may not write ${path}.`,
  'model-missing': ({ model, next }) => `The model ${model} is not there. ${next}`,
  'engine-lost': ({ role }) => `The ${role} engine stopped unexpectedly. Try again.`,
  'engine-unavailable': ({ role, detail }) => `The ${role} engine does not start: ${detail}`,
  'out-of-memory': ({ needed, available }) => `It needs ${Math.round(needed / 1e6)} MB of memory and ${Math.round(available / 1e6)} MB are free.`,
  'prompt-too-long': ({ tokens, limit }) => `The prompt has ${tokens} tokens, and the model takes ${limit}.`,
  cancelled: () => 'Cancelled.',
}

/** One sentence for people. */
export function sentenceOf(record: ErrorRecord): string {
  const error = fromErrorRecord(record)
  const sentence = sentences[error.code] as ((data: unknown) => string) | undefined
  return sentence?.(error.data) ?? `${error.code} ${JSON.stringify(error.data)}`
}
