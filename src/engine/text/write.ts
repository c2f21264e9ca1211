import type { Token } from 'node-llama-cpp'
import { StudioError, type EngineParams, type EngineResult } from '../../contract/index.js'
import type { HandlerOptions } from '../host.js'
import { createOutput } from './output.js'
import type { Pool } from './pool.js'
import { buildPrompt, type Prompt } from './prompt.js'
import type { PromptSequence } from './sequence.js'
import type { Session } from './session.js'

type Request = EngineParams<'text', 'write'>
type Written = EngineResult<'text', 'write'>
type Options = HandlerOptions<'text', 'write'>

/** Room that an answer has at least, in tokens, where it may be that long. */
const leastRoom = 16

/** How many of the last tokens a repetition is held against. */
const penaltyWindow = 64

/** What has come so far; a stop gives it back as it is. */
class Progress {
  text = ''
  tokens = 0
  reused = 0
  firstAt = 0
  lastAt = 0
  stopped: Written['stopped'] = 'person'
  /** The answer was given back: what a last step still brings is dropped. */
  closed = false

  get tokensPerSecond(): number {
    const seconds = (this.lastAt - this.firstAt) / 1000
    return seconds > 0 && this.tokens > 1 ? (this.tokens - 1) / seconds : 0
  }
}

/**
 * Writes an answer, token by token. A stop gives back what was written so far, at once: a step of the model that is
 * still running ends by itself, and only then the sequence is free again.
 * Errors: `prompt-too-long` with the tokens there are and the tokens there is room for; `cancelled` while it waits.
 */
export async function write(session: Session, pool: Pool, request: Request, options: Options): Promise<Written> {
  const started = performance.now()
  const prompt = buildPrompt(session.model, session.chat, request)
  const limit = session.contextSize - Math.min(request.maxTokens, leastRoom)
  if (prompt.tokens.length > limit) throw new StudioError('prompt-too-long', { tokens: prompt.tokens.length, limit })
  const sequence = await pool.take(prompt.tokens, options.signal)

  const progress = new Progress()
  const running = generate(session, sequence, prompt, request, progress, options).finally(() => pool.give(sequence))
  const stop = Promise.withResolvers<void>()
  options.signal.addEventListener('abort', () => stop.resolve(), { once: true })
  if (options.signal.aborted) stop.resolve()
  await Promise.race([running, stop.promise])
  progress.closed = true

  return {
    text: progress.text,
    promptHash: prompt.hash,
    promptTokens: prompt.tokens.length,
    reusedTokens: progress.reused,
    tokens: progress.tokens,
    firstTokenMs: progress.firstAt === 0 ? 0 : progress.firstAt - started,
    tokensPerSecond: progress.tokensPerSecond,
    stopped: options.signal.aborted ? 'person' : progress.stopped,
    contextSize: session.contextSize,
    threads: session.params.threads,
    engine: session.engine,
  }
}

async function generate(
  { model, contextSize }: Session, sequence: PromptSequence, prompt: Prompt, request: Request, progress: Progress, { signal, onProgress }: Options,
): Promise<void> {
  const ready = await sequence.prepare(prompt.tokens, signal)
  if (!ready) return
  progress.reused = ready.reused
  const output = createOutput(model, prompt, (delta) => {
    if (progress.closed) return
    progress.text += delta
    onProgress({ delta, tokens: progress.tokens })
  })
  const room = Math.min(request.maxTokens, contextSize - prompt.tokens.length)
  const { temperature, topP, topK, seed, repeatPenalty: penalty = 1 } = request
  const written: Token[] = []
  const repeatPenalty = penalty > 1 ? { punishTokens: () => written.slice(-penaltyWindow), penalty } : undefined
  progress.stopped = 'length'
  for await (const token of sequence.sequence.evaluate(ready.rest, { temperature, topP, topK, seed, repeatPenalty, yieldEogToken: true })) {
    if (signal.aborted) return
    progress.lastAt = performance.now()
    progress.firstAt ||= progress.lastAt
    const ended = model.isEogToken(token)
    if (!ended) {
      progress.tokens++
      written.push(token)
      output.push(token)
    }
    if (ended || output.ended) {
      progress.stopped = 'end'
      break
    }
    if (progress.tokens >= room) break
  }
  output.finish()
}
