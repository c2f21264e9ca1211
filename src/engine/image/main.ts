import { serveEngine } from '../host.js'
import { openPort } from '../port.js'
import { createImageHandlers, imageEngineBuild } from './handlers.js'

serveEngine('image', createImageHandlers(), openPort(), {
  build: imageEngineBuild,
  // A preview named by progress that was held back still lies in its file: its number must not be lost.
  merges: { generate: (earlier, later) => ({ ...later, preview: later.preview ?? earlier.preview }) },
})
