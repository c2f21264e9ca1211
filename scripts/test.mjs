// `npm test`: everything there is to check, one after the other. The last line counts it all.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checks, runProgram } from './check.mjs'
import { add, countPlaywright, countVitest, line, none, oneFailed, onePassed, outcome } from './lib/counts.mjs'
import { stateFolder } from './lib/paths.mjs'
import { environment } from './lib/run.mjs'
import { setUp } from './lib/set-up.mjs'
import { duration, stepRunner } from './lib/steps.mjs'
import { installTestPrograms } from './lib/test-programs.mjs'

const reports = join(stateFolder, 'reports')
/** Longest time that a suite may take. */
const limitMs = 30 * 60_000

function heading(text) {
  console.log(`\n━━━ ${text} ${'━'.repeat(Math.max(3, 70 - text.length))}`)
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

async function timed(name, work) {
  heading(name)
  const started = Date.now()
  const counts = await work()
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${duration(Date.now() - started)}`)
  return counts
}

function vitest(project) {
  return async () => {
    const file = join(reports, `${project}.json`)
    const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    return outcome(await runProgram('vitest', args, { limitMs }), readReport(file), countVitest)
  }
}

function playwright(project) {
  return async () => {
    const file = join(reports, `${project}.json`)
    const code = await runProgram('playwright', ['test', '--project', project, '--pass-with-no-tests'], { limitMs, env: environment({ GALLEY_REPORT: file }) })
    return outcome(code, readReport(file), countPlaywright)
  }
}

async function testEverything() {
  heading('Set-up')
  await setUp()
  await stepRunner(console.log)('Programs for tests', installTestPrograms)
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const suites = [
    ...checks.map(([name, program, args]) => [name, async () => (await runProgram(program, args, { limitMs }) === 0 ? onePassed : oneFailed)]),
    ['Unit tests', vitest('unit')],
    ['Tests with real engines', vitest('engine')],
    ['Tests in the browser', playwright('browser')],
    ['Tests in the desktop window', playwright('desktop')],
  ]
  let sum = none
  for (const [name, work] of suites) sum = add(sum, await timed(name, work))
  return sum
}

const started = Date.now()
const sum = await testEverything().catch((error) => {
  console.error(`The tests could not be run: ${error.message}`)
  return oneFailed
})
console.log(`\nAll of it took ${duration(Date.now() - started)}.`)
process.exitCode = sum.failed > 0 ? 1 : 0
console.log(line(sum))
