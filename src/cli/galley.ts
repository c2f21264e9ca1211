import { commands } from './commands/index.js'
import { runCommand } from './run.js'
import { beginStudio } from './studio.js'

// The command line. Standard output carries results alone: whatever a library prints goes to the error output.
console.log = console.info = console.debug = console.error

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())
process.stdout.on('error', () => {}) // the reader went away

const args = process.argv.slice(2)
const clearLine = '\r\u001b[K'
const note = (line: string): void => { if (process.stderr.isTTY) console.error(line) }
const progress = (line: string | null): void => { if (process.stderr.isTTY) process.stderr.write(`${clearLine}${line ?? ''}`) }
const { exitCode, out, error } = await runCommand(args, { commands, begin: beginStudio(interrupted.signal, { note, progress }) })
if (error !== '') console.error(error)
process.exitCode = exitCode
// Ends also where something still holds the process, but not before the pipe has everything.
process.stdout.write(out === '' ? '' : `${out}\n`, () => process.exit())
