import { fromErrorRecord, StudioError, type ErrorRecord, type StudioErrorCode } from '../contract/index.js'
import { ConnectionLost, NotConnected } from './connection/lost.js'
import { fileTitle, formatSize } from './format/size.js'
import { t, textOf } from './messages/t.js'

/** What a person can do about an error; each place offers those that it can carry out. */
export type NextStep = 'try-again' | 'choose-model' | 'add-model' | 'models' | 'open-other' | 'use-largest' | 'take-over' | 'none'

export interface Problem {
  readonly code: StudioErrorCode | 'connection-lost' | 'not-connected' | 'unknown'
  readonly sentence: string
  readonly next: NextStep
  /** Name of the model that would fit, for `use-largest`. */
  readonly largest?: string
}

/** The next step for each code: a code without one does not compile. */
const nextSteps: Record<StudioErrorCode, NextStep> = {
  'bad-input': 'none',
  'not-found': 'none',
  'project-exists': 'none',
  'project-in-use': 'try-again',
  'project-newer': 'open-other',
  'project-damaged': 'open-other',
  'not-a-project': 'open-other',
  'project-read-only': 'none',
  'not-the-same-project': 'none',
  'bad-target': 'none',
  'file-too-large': 'none',
  'empty-folder': 'none',
  'disk-full': 'try-again',
  'no-permission': 'try-again',
  'text-in-use': 'take-over',
  'stale-draft': 'none',
  'piece-changed': 'none',
  'already-decided': 'none',
  'nothing-to-undo': 'none',
  'model-missing': 'add-model',
  'not-a-model': 'add-model',
  'needs-larger-model': 'choose-model',
  'prompt-too-long': 'choose-model',
  'engine-lost': 'try-again',
  'engine-unavailable': 'none',
  'out-of-memory': 'use-largest',
  'not-an-image': 'none',
  'image-too-large': 'none',
  'bad-output': 'try-again',
  'not-supported': 'none',
  cancelled: 'none',
  internal: 'try-again',
}

/** In these messages the detail stands behind a full stop, but it comes as a programmer's half sentence. */
const detailIsSentence = new Set<string>(['project-damaged', 'not-a-project', 'not-a-model', 'not-an-image', 'engine-unavailable', 'bad-output'] satisfies StudioErrorCode[])

function asSentence(detail: string): string {
  const text = detail.trim()
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`
}

/** What any failure means for a person: a sentence, and what to do next. */
export function explain(error: unknown): Problem {
  if (error instanceof ConnectionLost) return { code: 'connection-lost', sentence: t('error.connection-lost'), next: 'try-again' }
  if (error instanceof NotConnected) return { code: 'not-connected', sentence: t('error.not-connected'), next: 'try-again' }
  if (error instanceof StudioError) return explainStudio(error)
  return { code: 'unknown', sentence: t('error.unknown', { detail: error instanceof Error ? error.message : String(error) }), next: 'try-again' }
}

/** The same for the error that a failed job carries. */
export function explainRecord(record: ErrorRecord): Problem {
  return explain(fromErrorRecord(record))
}

function explainStudio({ code, data }: StudioError): Problem {
  const values: Record<string, unknown> = { ...data }
  // People know a project by its name; the whole path stands where it is needed.
  const path = values['path'] ?? values['name']
  if (typeof path === 'string') values['name'] = fileTitle(path)
  if (detailIsSentence.has(code) && typeof values['detail'] === 'string') values['detail'] = asSentence(values['detail'])
  if (code === 'file-too-large') {
    const sizes = data as { bytes: number; limit: number }
    values['bytes'] = formatSize(sizes.bytes)
    values['limit'] = formatSize(sizes.limit)
  }
  if (code === 'out-of-memory') {
    const memory = data as { needed: number; available: number; largest?: string }
    const largest = memory.largest
    values['needed'] = formatSize(memory.needed)
    values['available'] = formatSize(memory.available)
    values['largest'] = largest ? t('error.largest-fits', { largest }) : t('error.nothing-smaller')
    return { code, sentence: textOf(`error.${code}`, values) ?? code, next: largest ? 'use-largest' : 'models', ...(largest ? { largest } : {}) }
  }
  return { code, sentence: (textOf(`error.${code}`, values) ?? code).trim(), next: nextSteps[code] }
}
