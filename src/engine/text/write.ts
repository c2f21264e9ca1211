import { StudioError, type EngineParams, type EngineResult } from '../../contract/index.js'
import type { HandlerOptions } from '../host.js'
import { createDecoder } from './decoder.js'
import { createEndings } from './endings.js'
import { buildPrompt } from './prompt.js'
import type { PromptSequence } from './sequence.js'
import type { Session } from './session.js'

type Request = EngineParams<'text', 'write'>
type Written = EngineResult<'text', 'write'>

/**
 * Writes an answer on a sequence, token by token. A stop gives back what was written so far, at once: a step of the
 * model that is still running ends by itself, and `settled` is called when the sequence is free again.
 * Errors: `prompt-too-long` with the tokens there are and the tokens there is room for.
 */
export async function write(session: Session, choose: (tokens: readonly number[]) => Promise<PromptSequence>, request: Request, options: HandlerOptions<'text', 'write'>, settled: (sequence: PromptSequence) => void): Promise<Written> {
  const started = performance.now()
  const prompt = buildPrompt(session.model, session.chat, request)
  // Room for the answer is part of the context; at least a line of it must be there.
  const limit = session.contextSize - Math.min(request.maxTokens, 16)
  if (prompt.tokens.length > limit) throw new StudioError('prompt-too-long', { tokens: prompt.tokens.length, limit })
  const sequence = await choose(prompt.tokens)

  const state = { text: '', tokens: 0, firstAt: 0, lastAt: 0, reused: 0, stopped: 'person' as Written['stopped'], closed: false }
  const emit = (delta: string) => {
    if (delta === '' || state.closed) return
    state.text += delta
    options.onProgress({ delta, tokens: state.tokens })
  }

  const run = async () => {
    const ready = await sequence.prepare(prompt.tokens, options.signal)
    if (!ready) return
    state.reused = ready.reused
    const decoder = createDecoder(session.model, prompt.tokens)
    const endings = createEndings(prompt.endings)
    let leadingSpace = prompt.spaceLeft
    const show = (text: string) => {
      if (text === '') return
      emit(leadingSpace && text.startsWith(' ') ? text.slice(1) : text)
      leadingSpace = false
    }
    const room = Math.min(request.maxTokens, session.contextSize - prompt.tokens.length)
    const sampling = { temperature: request.temperature, topP: request.topP, topK: request.topK, seed: request.seed }
    state.stopped = 'length'
    for await (const token of sequence.sequence.evaluate(ready.rest, { ...sampling, yieldEogToken: true })) {
      if (options.signal.aborted) {
        state.stopped = 'person'
        break
      }
      state.lastAt = performance.now()
      if (state.tokens === 0) state.firstAt = state.lastAt
      if (session.model.isEogToken(token)) {
        state.stopped = 'end'
        break
      }
      state.tokens++
      show(endings.push(decoder.push(token)))
      if (endings.reached) {
        state.stopped = 'end'
        break
      }
      if (state.tokens >= room) break
    }
    show(endings.push(decoder.end()))
    show(endings.rest())
  }

  const running = run().finally(() => settled(sequence))
  const stop = Promise.withResolvers<void>()
  options.signal.addEventListener('abort', () => stop.resolve(), { once: true })
  if (options.signal.aborted) stop.resolve()
  await Promise.race([running, stop.promise])
  // From here on a step that is still running must not add to what was given back.
  state.closed = true

  const seconds = (state.lastAt - state.firstAt) / 1000
  return {
    text: state.text,
    promptHash: prompt.hash,
    promptTokens: prompt.tokens.length,
    reusedTokens: state.reused,
    tokens: state.tokens,
    firstTokenMs: state.firstAt === 0 ? 0 : state.firstAt - started,
    tokensPerSecond: seconds > 0 && state.tokens > 1 ? (state.tokens - 1) / seconds : 0,
    stopped: options.signal.aborted ? 'person' : state.stopped,
    contextSize: session.contextSize,
    threads: session.params.threads,
    engine: session.engine,
  }
}
