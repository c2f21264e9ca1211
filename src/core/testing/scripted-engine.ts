import type { EngineParams, EngineResult, EngineRole, FromEngine, ToEngine } from '../../contract/index.js'
import type { MessagePortLike, SpawnEngine } from '../engines/index.js'
import { scriptedPictures } from './scripted-pictures.js'

/**
 * Engines that say given words and paint by numbers, for tests in which the engine is not the subject. Each call of `write`
 * takes the next script; words and pictures come when the test lets them (`step`) or at once.
 */
export interface ScriptedEngine {
  readonly spawn: SpawnEngine
  /** Words of the answers to come, in order; the last one is used again. */
  script(...answers: string[][]): void
  /** Lets one word of every running answer through; without any call words come by themselves. */
  hold(): void
  step(): void
  release(): void
  /** The process ends as by `kill -9`. */
  kill(): void
  readonly prompts: EngineParams<'text', 'write'>[]
  /** What pictures were asked for. */
  readonly pictures: EngineParams<'image', 'generate'>[]
}

export function scriptedEngine(): ScriptedEngine {
  let answers: string[][] = [['Words ', 'from ', 'a ', 'script.']]
  let held = false
  const prompts: EngineParams<'text', 'write'>[] = []
  const pictures: EngineParams<'image', 'generate'>[] = []
  const ports = new Set<{ kill(): void; pump(all: boolean): void }>()

  async function spawn(role: EngineRole): Promise<MessagePortLike> {
    let tell: (message: unknown) => void = () => {}
    let closed: (reason: string) => void = () => {}
    const running = new Map<number, { words: string[]; said: string[] }>()
    /** Pictures that wait for their turn. */
    const waiting: (() => void)[] = []
    const post = (message: FromEngine) => queueMicrotask(() => tell(message))

    function finish(id: number, stopped: 'end' | 'person'): void {
      const { said } = running.get(id)!
      running.delete(id)
      const value: EngineResult<'text', 'write'> = {
        text: said.join(''), promptHash: '0'.repeat(64), promptTokens: 10, reusedTokens: 0, tokens: said.length, firstTokenMs: 1, tokensPerSecond: 100, stopped,
        contextSize: 2048, threads: 1, engine: 'scripted',
      }
      post({ type: 'result', id, value })
    }

    function pump(all: boolean): void {
      for (const [id, answer] of running) {
        do {
          const word = answer.words.shift()
          if (word === undefined) break
          answer.said.push(word)
          post({ type: 'progress', id, value: { delta: word, tokens: answer.said.length } })
        } while (all)
        if (answer.words.length === 0) finish(id, 'end')
      }
      for (const go of waiting.splice(0, all ? waiting.length : 1)) go()
    }

    const paint = scriptedPictures(role, { post, asked: (params) => void pictures.push(params), turn: (go) => (held ? void waiting.push(go) : setTimeout(go, 1)) })

    const self = { kill: () => { ports.delete(self); closed('killed') }, pump }
    ports.add(self)

    function receive(message: ToEngine): void {
      if (message.type === 'ping') return post({ type: 'pong', id: message.id })
      if (role !== 'text') return paint(message)
      if (message.type === 'cancel') return running.has(message.id) ? finish(message.id, 'person') : undefined
      const { id, method, params } = message
      if (method === 'load') return post({ type: 'result', id, value: { residentBytes: 1000, contextSize: (params as { contextSize: number }).contextSize, engine: 'scripted' } })
      if (method === 'unload') return post({ type: 'result', id, value: {} })
      if (method === 'inspect') {
        return post({ type: 'result', id, value: { architecture: 'llama', name: 'scripted', parameters: 1, trainContext: 2048, fileSize: 1000, chatTemplate: true, bytesPerToken: 1 } })
      }
      prompts.push(params as EngineParams<'text', 'write'>)
      running.set(id, { words: [...(answers.length > 1 ? answers.shift()! : answers[0]!)], said: [] })
      if (!held) setTimeout(() => pump(true), 1)
    }

    return {
      post: (message) => receive(message as ToEngine),
      onMessage(listener) {
        tell = listener
        post({ type: 'ready', role, build: 'scripted' })
      },
      onClose: (listener) => { closed = listener },
      kill: self.kill,
    }
  }

  return {
    spawn, prompts, pictures,
    script: (...next) => { answers = next },
    hold: () => { held = true },
    step: () => { for (const port of ports) port.pump(false) },
    release() {
      held = false
      for (const port of ports) port.pump(true)
    },
    kill: () => { for (const port of [...ports]) port.kill() },
  }
}
