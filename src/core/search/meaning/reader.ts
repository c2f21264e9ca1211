import { setTimeout as sleep } from 'node:timers/promises'
import type { MeaningState } from '../../../contract/index.js'
import type { Encoder } from './encoder.js'
import type { Generating } from './generating.js'
import { hashOfPassage, passagesOfDocument, type Passage } from './passages.js'
import type { MeaningStore, Unread } from './store.js'
import { packVector } from './vector.js'

/** Passages that the engine reads at once: about a tenth of a second, the longest that a search has to wait. */
const batchSize = 8
/** Documents are taken up to so many characters together, which is a slice of work for core. */
const takenCharacters = 40_000
/** Quiet time after a change before it is read: who types is not waiting for this. */
const quietMs = 3000
const retryMs = 20_000
const mostFailures = 3
const publishEveryMs = 1000

export interface ReaderOptions {
  readonly store: MeaningStore
  readonly encoder: Encoder
  readonly generating: Generating
  /** The model whose vectors the store holds, between starts. */
  readonly model: { get(): string | null; set(key: string): void }
  /** Handles of the open projects. */
  projects(): readonly string[]
  /** The settings' switch. */
  isOn(): boolean
  changed(): void
  /** `asked`: reads nothing before somebody asks for it; for a core that lives as long as one command. */
  readonly begins: 'by-itself' | 'asked'
  readonly quietMs?: number
}

/** Reads what is indexed for its meaning, in the background: one batch after the other, never while a model works for a person. */
export interface MeaningReader {
  /** Something may be there to be read, or the switch was turned. */
  wake(): void
  /** Somebody wants the meaning now: begins at once. */
  ask(): void
  state(project: string): MeaningState
  /** Whether the engine answered when a search asked it, which says more than what was seen last. */
  report(works: boolean): void
  /** Whether the switch is on and a model that reads is there; the vectors in the store are its own then. */
  usable(): Promise<boolean>
  close(): Promise<void>
}

export function createMeaningReader(options: ReaderOptions): MeaningReader {
  const { store, encoder, generating, model, projects, isOn, changed, begins } = options
  const ending = new AbortController()
  const { signal } = ending
  let isAsked = begins === 'by-itself'
  let hasModel: boolean | null = null
  let preparing: Promise<boolean> | null = null
  let hasFailed = false
  let waits: MeaningState['waits'] = null
  /** Part of the documents at hand that is read, so that one long text is not all or nothing. */
  let partly = { project: '', documents: 0 }
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null
  let isStale = false
  let publishedAt = 0

  function publish(now = false): void {
    if (!now && performance.now() - publishedAt < publishEveryMs) return
    publishedAt = performance.now()
    changed()
  }

  function becomes(reason: MeaningState['waits']): void {
    if (waits === reason) return
    waits = reason
    publish(true)
  }

  /** The model is there, and what the store holds is its own. */
  async function prepare(): Promise<boolean> {
    const key = await encoder.key()
    if (key !== null && model.get() !== key) {
      await store.forgetAll(signal)
      if (signal.aborted) return false
      model.set(key)
    }
    hasModel = key !== null
    return hasModel
  }

  /** Looked at once: by the reader, or by the first search where that comes earlier. */
  function prepared(): Promise<boolean> {
    preparing ??= prepare().catch((error: unknown) => {
      preparing = null
      throw error
    })
    return preparing
  }

  /** Makes way. False where reading is to end. */
  async function mayGoOn(): Promise<boolean> {
    while (!signal.aborted && isOn()) {
      if (generating.now()) {
        becomes('jobs')
        await generating.over(signal)
        // The next job of the queue begins in the same moment.
        await pause(200)
      } else if (!encoder.hasRoom()) {
        becomes('memory')
        await pause(retryMs)
      } else {
        becomes(null)
        return true
      }
    }
    return false
  }

  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)

  async function readPassages(passages: readonly Passage[], read: (count: number) => void): Promise<boolean> {
    const known = store.known(passages)
    const missing = [...new Set(passages.map(({ text }) => text))].filter((text) => !known.has(hashOfPassage(text).toString('hex')))
    for (let from = 0; from < missing.length; from += batchSize) {
      if (!(await mayGoOn())) return false
      const texts = missing.slice(from, from + batchSize)
      const startedAt = performance.now()
      const vectors = await encoder.vectors(texts, signal)
      store.keepVectors(texts.map((text, at) => ({ text, vector: packVector(vectors[at]!) })))
      read(Math.min(missing.length, from + batchSize) / missing.length)
      publish()
      // Half of one core at most: it has time, and the fan should not start.
      if (begins === 'by-itself') await pause(Math.min(500, performance.now() - startedAt))
    }
    return true
  }

  async function readDocuments(project: string, documents: readonly Unread[]): Promise<boolean> {
    const cut = documents.map((document) => ({ id: document.id, passages: passagesOfDocument(document) }))
    const isDone = await readPassages(cut.flatMap(({ passages }) => passages), (share) => { partly = { project, documents: share * documents.length } })
    if (isDone) store.finish(cut)
    partly = { project: '', documents: 0 }
    return isDone
  }

  async function readAll(): Promise<void> {
    if (!isOn() || !(await prepared())) return
    for (const project of projects()) {
      for (let documents = store.unread(project, takenCharacters); documents.length > 0; documents = store.unread(project, takenCharacters)) {
        if (!(await readDocuments(project, documents))) return
        publish()
        await new Promise((resolve) => setImmediate(resolve))
        if (!projects().includes(project)) break
      }
    }
    await store.sweep(signal)
  }

  async function work(): Promise<void> {
    let failures = 0
    do {
      isStale = false
      try {
        await readAll()
        hasFailed = false
        failures = 0
      } catch {
        // The engine may come back; what is read so far is kept.
        if (signal.aborted) return
        if (++failures >= mostFailures) {
          hasFailed = true
          return
        }
        isStale = true
        await pause(failures * 1000)
      }
    } while (isStale && !signal.aborted)
  }

  function begin(): void {
    timer = null
    if (working !== null || signal.aborted) return
    working = work().finally(() => {
      working = null
      waits = null
      if (!signal.aborted) publish(true)
    })
  }

  function schedule(ms: number): void {
    isStale = true
    if (!isAsked || signal.aborted) return
    if (timer) clearTimeout(timer)
    timer = setTimeout(begin, ms)
    timer.unref()
  }

  return {
    wake: () => schedule(options.quietMs ?? quietMs),
    ask() {
      if (isAsked) return
      isAsked = true
      schedule(0)
    },
    usable: async () => isOn() && (await prepared()) && !signal.aborted,
    state(project) {
      const { read, total } = store.progress(project)
      const share = total === 0 ? 1 : Math.min(1, (read + (partly.project === project ? partly.documents : 0)) / total)
      if (!isOn()) return { state: 'off', share, waits: null }
      if (hasModel === false) return { state: 'missing', share, waits: null }
      if (hasFailed) return { state: 'failed', share, waits: null }
      // Before the model was looked at nothing is known to be whole: its vectors may be those of another one.
      return { state: read < total || hasModel === null ? 'reading' : 'ready', share, waits }
    },
    report(works) {
      if (hasFailed === !works) return
      hasFailed = !works
      publish(true)
      if (works) schedule(0)
    },
    async close() {
      ending.abort()
      if (timer) clearTimeout(timer)
      await working
    },
  }
}
