// `npm run check`: types and lint.
import { fileURLToPath } from 'node:url'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

/** Both checks, as name and program under node_modules/.bin with its arguments. */
export const checks = [
  ['Types', 'tsc', ['-p', root]],
  ['Lint', 'oxlint', ['--deny-warnings']],
]

/** Runs a program of a package; its exit code. */
export function runProgram(name, args, options) {
  return run(name, args, { shell: process.platform === 'win32', ...options })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [, program, args] of checks) process.exitCode = Math.max(process.exitCode ?? 0, Math.abs(await runProgram(program, args)))
}
