import { serveEngine } from '../host.js'
import { openPort } from '../port.js'
import { createTextHandlers } from './handlers.js'
import { namePackage } from './llama.js'

// The native library is loaded with the first model, not here: the process is ready at once, and a library that cannot
// be loaded becomes an answer instead of a process that never starts.
void namePackage().then((build) => serveEngine('text', createTextHandlers(), openPort(), {
  build,
  merges: { write: (earlier, later) => ({ delta: earlier.delta + later.delta, tokens: later.tokens }) },
}))
