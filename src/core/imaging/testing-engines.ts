import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EngineRole } from '../../contract/index.js'
import { buildEngine } from '../../engine/testing/build-engine.js'
import { createEngines, portOfChild, type Engines, type SpawnEngine } from '../engines/index.js'
import type { ImageModel } from './backends/backend.js'
import type { ImageModels } from './types.js'

/** Starts real engine processes of the image and media roles, built from the sources, for tests with real weights. */
export async function realSpawn(): Promise<{ spawn: SpawnEngine; remove(): Promise<void> }> {
  const built = { image: await buildEngine('image'), media: await buildEngine('media') }
  return {
    spawn: async (role: EngineRole) =>
      portOfChild(fork(built[role as 'image' | 'media'].entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })),
    remove: async () => void (await Promise.all(Object.values(built).map(({ remove }) => remove()))),
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
export const starterModels: ImageModels = {
  resolve: async () => starterModel,
  withHash: async (hash) => (hash === starterModel.hash ? starterModel : null),
}
