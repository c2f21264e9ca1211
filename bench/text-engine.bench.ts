import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from './support/folders.js'
import { measure, type BenchResult } from './support/measure.js'
import { startTextEngine } from '../src/engine/testing/text-engine.js'
// @ts-expect-error the fetching script is plain JavaScript, because it runs before anything is installed
import { ensureTextModel } from '../scripts/models.mjs'

interface Run { readonly tokens: number; readonly firstTokenMs: number; readonly tokensPerSecond: number; readonly ownTokensPerSecond?: number }

const contextSize = 2048
const sampling = { temperature: 0.8, topP: 0.95, topK: 40, seed: 11, maxTokens: 64 }
const system = 'You are a careful editor.'
const instruction = 'Tell at length what happens next.'

/**
 * The text engine as core sees it (process, messages, streaming and all) against a bare loop over the same library, in
 * interleaved pairs so that a busy moment of the computer meets both. The document differs in each pair, so that nothing
 * is reused unless that is what is measured.
 */
export async function run({ pairs = 7, threads = Math.min(4, availableParallelism()) } = {}): Promise<BenchResult> {
  const path = (await ensureTextModel({ log: () => {} })) as string | null
  if (path === null) return { bench: 'text-engine', measures: [], skipped: 'the text model could not be had' }
  const bare = startBare()
  const real = await startTextEngine({ threads, idleUnloadMs: 0 })
  try {
    await bare.ask({ path, threads, contextSize })
    await real.engines.ensureLoaded('text', { path, needed: 0, builtIn: true, contextSize })
    const write = async (document: string, signal?: AbortSignal, onText?: () => void): Promise<Run> => {
      const started = performance.now()
      let first = 0
      const result = await real.engines.call('text', 'write', { system, document, instruction, ...sampling }, {
        signal,
        onProgress: () => {
          first ||= performance.now()
          onText?.()
        },
      })
      const ended = performance.now()
      return { tokens: result.tokens, firstTokenMs: first - started, tokensPerSecond: ((result.tokens - 1) * 1000) / (ended - first), ownTokensPerSecond: result.tokensPerSecond }
    }
    const plain = async (document: string) => (await bare.ask({ system, user: `${document}\n\n${instruction}`, ...sampling })) as Run

    await plain(documentOf(-1))
    await write(documentOf(-2))
    const ours: Run[] = []
    const theirs: Run[] = []
    const again: number[] = []
    const stops: number[] = []
    for (let pair = 0; pair < pairs; pair++) {
      const document = documentOf(pair)
      // Which of the two goes first changes with each pair.
      if (pair % 2 === 0) theirs.push(await plain(document))
      ours.push(await write(document))
      if (pair % 2 === 1) theirs.push(await plain(document))
      again.push((await write(`${document} And then`)).firstTokenMs)
      stops.push(await timeStop(write, document))
    }
    return {
      bench: 'text-engine', facts: { pairs },
      measures: [
        measure('tokens per second, engine', '1/s', ours.map((each) => each.tokensPerSecond)),
        measure('tokens per second, engine by its own clock', '1/s', ours.map((each) => each.ownTokensPerSecond ?? 0)),
        measure('tokens per second, bare loop', '1/s', theirs.map((each) => each.tokensPerSecond)),
        measure('tokens per second, engine / bare loop', '×', ours.map((each, pair) => each.tokensPerSecond / theirs[pair]!.tokensPerSecond), '≥ 0.95'),
        measure('first token, engine', 'ms', ours.map((each) => each.firstTokenMs)),
        measure('first token, engine / bare loop', '×', ours.map((each, pair) => each.firstTokenMs / theirs[pair]!.firstTokenMs), '≤ 1.1'),
        measure('first token, same document again', 'ms', again),
        measure('stop', 'ms', stops, '≤ 300'),
      ],
    }
  } finally {
    bare.end()
    await real.close()
  }
}

async function timeStop(write: (document: string, signal: AbortSignal, onText: () => void) => Promise<unknown>, document: string): Promise<number> {
  const abort = new AbortController()
  let stoppedAt = 0
  let texts = 0
  await write(document, abort.signal, () => {
    if (++texts !== 3) return
    stoppedAt = performance.now()
    abort.abort()
  })
  return performance.now() - stoppedAt
}

function documentOf(number: number): string {
  return `Letter ${number}. ${'The harbour was quiet. Boats lay on the mud, waiting for water, and nobody came. '.repeat(16)}`
}

function startBare() {
  const child = fork(join(root, 'bench/bare-text-loop.mjs'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  return {
    ask: (message: object) => new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`the bare loop ended with code ${code}`)))
      child.send(message)
    }),
    end: () => child.disconnect(),
  }
}
