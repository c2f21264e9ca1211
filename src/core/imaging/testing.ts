import { readFile, writeFile } from 'node:fs/promises'
import type { Engines } from '../engines/index.js'

export interface ScriptedCall {
  readonly role: string
  readonly method: string
  readonly params: Record<string, unknown>
}

/** Engines that only write down what they are asked for, for tests whose subject is not the engine. `answer` may do more. */
export function scriptedEngines(answer: (call: ScriptedCall) => unknown | Promise<unknown>): { engines: Engines; calls: ScriptedCall[] } {
  const calls: ScriptedCall[] = []
  const engines = {
    call: async (role: string, method: string, params: Record<string, unknown>) => {
      const call = { role, method, params }
      calls.push(call)
      return answer(call)
    },
    ensureLoaded: async () => undefined,
  }
  return { engines: engines as unknown as Engines, calls }
}

/** Stands for the media engine's `resize`: the "picture" becomes its own words and the width. */
export async function wordResize({ params }: ScriptedCall): Promise<unknown> {
  const { path, output, width } = params as { path: string; output: string; width: number }
  const bytes = Buffer.from(`${await readFile(path, 'utf8')} at ${width}`)
  await writeFile(output, bytes)
  return { width, height: width, bytes: bytes.length }
}
