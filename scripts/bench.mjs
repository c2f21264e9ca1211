// `npm run bench [-- name …]`: measures. Bundles bench/*.bench.ts and runs one after the other. Prints one JSON object,
// and a table beside it on the error output. GALLEY_BENCH_SCALE=0.01 tries out whether the benches work.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ownNode, root, stateFolder } from './lib/paths.mjs'
import { environment, run } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

const outDir = join(stateFolder, 'bench')
const folder = join(root, 'bench')
const self = fileURLToPath(import.meta.url)

function benches(wanted) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.bench.ts')).map((name) => name.slice(0, -'.bench.ts'.length)).sort()
  return wanted.length === 0 ? names : names.filter((name) => wanted.includes(name))
}

/** Runs in the project's own Node, which vite needs. One bundle for each, so that no file of it moves to another folder. */
async function bundle(names) {
  const { bundleForNode } = await import('./build.mjs')
  for (const name of names) {
    for (const part of [`${name}.bench`, `${name}.child`]) {
      const source = join(folder, `${part}.ts`)
      if (existsSync(source)) await bundleForNode({ [part]: source }, outDir)
    }
  }
}

/** Runs one bench in a process of its own and answers its result; null where it failed. */
function measureOne(name) {
  return new Promise((resolve) => {
    const child = spawn(ownNode, ['--expose-gc', self, '--measure', name], { cwd: root, env: environment(), stdio: ['ignore', 2, 2, 'ipc'] })
    let result = null
    child.on('message', (message) => { result = message })
    child.on('error', () => resolve(null))
    child.on('close', (code) => resolve(code === 0 ? result : null))
  })
}

function show({ bench, measures, load, skipped }) {
  console.error(`\n${bench}${load ? `  (load ${load[0]} → ${load[1]})` : ''}${skipped ? `: skipped, ${skipped}` : ''}`)
  for (const { name, unit, median, low, high, goal, met } of measures) {
    const wish = goal ? `  ${met ? 'meets' : 'MISSES'} ${goal}` : ''
    console.error(`  ${name.padEnd(58)} ${String(median).padStart(9)} ${unit.padEnd(4)} (${low} … ${high})${wish}`)
  }
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--bundle') await bundle(rest)
else if (first === '--measure') {
  const { run: measure } = await import(pathToFileURL(join(outDir, `${rest[0]}.bench.mjs`)))
  process.send(await measure(), () => process.exit(0))
} else {
  await setUpQuietly()
  const names = benches(process.argv.slice(2))
  if (names.length === 0) console.error('There is nothing to measure: no bench/*.bench.ts of that name.')
  if (names.length > 0) process.exitCode = Math.abs(await run(ownNode, [self, '--bundle', ...names], { toStderr: true }))
  const results = []
  for (const name of process.exitCode ? [] : names) {
    console.error(`\n━━━ ${name}`)
    const result = await measureOne(name)
    if (result === null) process.exitCode = 1
    else show(result)
    results.push(result ?? { bench: name, measures: [], failed: true })
  }
  const [processor] = cpus()
  console.log(JSON.stringify({ at: new Date().toISOString(), node: process.version, processor: processor?.model, cores: cpus().length, results }, null, 2))
}
