import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EngineRole } from '../../contract/index.js'
import { buildEngine } from '../../engine/testing/build-engine.js'
import { createEngines, portOfChild, type Engines, type SpawnEngine } from '../engines/index.js'
import type { ImageModel } from './backends/backend.js'
import type { ImageModels } from './types.js'

/** Starts real engine processes, built from the sources when a role is asked for first, for tests with real weights and real files. */
export async function realSpawn(): Promise<{ spawn: SpawnEngine; children: readonly { role: EngineRole; child: ChildProcess }[]; remove(): Promise<void> }> {
  const built = new Map<EngineRole, ReturnType<typeof buildEngine>>()
  const children: { role: EngineRole; child: ChildProcess }[] = []
  return {
    children,
    spawn: async (role: EngineRole) => {
      const engine = built.get(role) ?? buildEngine(role)
      built.set(role, engine)
      const child = fork((await engine).entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
      children.push({ role, child })
      return portOfChild(child)
    },
    remove: async () => void (await Promise.all([...built.values()].map(async (one) => (await one).remove()))),
  }
}

export async function realEngines(): Promise<{ engines: Engines; close(): Promise<void> }> {
  const { spawn, remove } = await realSpawn()
  const engines = createEngines({ threads: 2, spawn })
  return {
    engines,
    async close() {
      await engines.close()
      await remove()
    },
  }
}

export const starterModel: ImageModel = {
  id: 'starter',
  name: 'Starter pictures',
  path: fileURLToPath(new URL('../../../resources/models/starter', import.meta.url)),
  hash: '5'.repeat(64),
  builtIn: true,
  needed: 200_000_000,
}
export const upscalerModel: ImageModel = {
  id: 'upscaler',
  name: 'Enlarger',
  path: fileURLToPath(new URL('../../../resources/models/upscaler', import.meta.url)),
  hash: '6'.repeat(64),
  builtIn: true,
  needed: 100_000_000,
}
export const starterModels: ImageModels = {
  resolve: async () => starterModel,
  withHash: async (hash) => (hash === starterModel.hash ? starterModel : null),
}
