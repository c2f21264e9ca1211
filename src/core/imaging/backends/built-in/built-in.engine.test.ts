import { realEngines, starterModel, upscalerModel } from '../../testing-engines.js'
import { backendContract } from '../contract-suite.js'
import { createBuiltInBackend } from './index.js'

backendContract('built-in', async () => {
  const { engines, close } = await realEngines()
  return { backend: createBuiltInBackend(engines), model: starterModel, upscaler: upscalerModel, steps: 6, inspect: (file) => engines.call('media', 'inspect', { path: file }), close }
})
