import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realEngines, starterModel, upscalerModel } from '../../testing-engines.js'
import { backendContract } from '../contract-suite.js'
import { createBuiltInBackend } from './index.js'

backendContract('built-in', async () => {
  const { engines, close } = await realEngines()
  const folder = await mkdtemp(join(tmpdir(), 'galley-pixels-'))
  return {
    backend: createBuiltInBackend(engines), model: starterModel, upscaler: upscalerModel, steps: 6,
    inspect: (file) => engines.call('media', 'inspect', { path: file }),
    async pixels(file) {
      const { width, height } = await engines.call('media', 'inspect', { path: file })
      const output = join(folder, 'pixels.rgb')
      await engines.call('media', 'decode', { path: file, width, height, output })
      return readFile(output)
    },
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
})
