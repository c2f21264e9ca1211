import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BuiltIn } from './types.js'

const TEXT_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf'

/** The folder in which set-up keeps models between installations; the same as in `scripts/models.mjs`. */
function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.GALLEY_CACHE) return join(environment.GALLEY_CACHE, 'models')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'galley', 'models')
  if (process.platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'galley', 'models')
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'galley', 'models')
}

/** Where the models that come with the studio lie: beside the program when it is packaged, else where set-up put them. */
export function findBuiltIn(resources: string, environment = process.env): BuiltIn {
  const texts = [join(resources, 'models', 'text', TEXT_FILE), join(cacheFolder(environment), TEXT_FILE)]
  const image = join(resources, 'models', 'starter')
  const upscaler = join(resources, 'models', 'upscaler')
  return {
    text: texts.find((path) => existsSync(path)) ?? null,
    image: existsSync(join(image, 'model_index.json')) ? image : null,
    upscaler: existsSync(join(upscaler, 'upscaler.json')) ? upscaler : null,
  }
}
