import { resolveChatWrapper, type ChatWrapper, type LlamaContext, type LlamaModel } from 'node-llama-cpp'
import type { EngineParams, EngineResult } from '../../contract/index.js'
import { notAModel } from './gguf.js'
import { inspectTextModel } from './inspect.js'
import { nameEngine, openLlama } from './llama.js'
import { PromptSequence } from './sequence.js'

/** The model that is loaded now, with its context and sequences. */
export interface Session {
  readonly params: EngineParams<'text', 'load'>
  readonly model: LlamaModel
  readonly context: LlamaContext
  readonly chat: ChatWrapper
  readonly sequences: readonly PromptSequence[]
  /** Tokens that one sequence holds. */
  readonly contextSize: number
  readonly engine: string
}

/**
 * Loads a model and reads one token with it, so that the first request does not pay for the file's first reading.
 * Errors: those of `inspectTextModel`; `not-a-model` where the library cannot run it.
 */
export async function openSession(
  params: EngineParams<'text', 'load'>, options: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<Session> {
  const found = await inspectTextModel(params.path)
  const llama = await openLlama()
  options.signal.throwIfAborted()
  const model = await llama
    // Core has asked for the memory already, within one budget over all engines; a second opinion would only differ.
    .loadModel({
      modelPath: params.path, gpuLayers: 0, ignoreMemorySafetyChecks: true, loadSignal: options.signal,
      onLoadProgress: (share) => options.onProgress(share * 0.9),
    })
    .catch((error: unknown) => {
      options.signal.throwIfAborted()
      throw notAModel(params.path, `the engine cannot load it: ${error instanceof Error ? error.message : String(error)}`, error)
    })
  try {
    const contextSize = Math.min(params.contextSize, found.trainContext)
    const context = await model.createContext({
      contextSize, sequences: params.sequences, threads: params.threads,
      ignoreMemorySafetyChecks: true, failedCreationRemedy: false, createSignal: options.signal,
    })
    const sequences = Array.from({ length: params.sequences }, () => new PromptSequence(context.getSequence()))
    const warm = sequences[0]!.sequence
    await warm.evaluateWithoutGeneratingNewTokens([model.tokens.bos ?? model.tokens.nl ?? model.tokenize(' ', false)[0]!])
    await warm.clearHistory()
    options.onProgress(1)
    // Models that think first are asked not to: a draft is wanted, and its text only.
    const chat = resolveChatWrapper(model, { warningLogs: false, customWrapperSettings: { qwen: { thoughts: 'discourage' } } })
    return { params, model, context, chat, sequences, contextSize: context.contextSize, engine: await nameEngine() }
  } catch (error) {
    await model.dispose()
    throw error
  }
}

/** What core is told about a loaded model. */
export function describeSession(session: Session): EngineResult<'text', 'load'> {
  return { residentBytes: process.memoryUsage.rss(), contextSize: session.contextSize, engine: session.engine }
}
