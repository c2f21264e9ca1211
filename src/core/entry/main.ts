import { createStudio } from '../index.js'
import { openChannel } from './channel.js'
import { runCore } from './run-core.js'

// The process that is core: forked by a shell, either by Electron's main process or by the browser shell.
// Ctrl+C in a terminal reaches this process too; the shell, which it reaches as well, says when to close.
process.on('SIGINT', () => {})
await runCore(openChannel(), createStudio, 'parentPort' in process)
process.exit(0)
