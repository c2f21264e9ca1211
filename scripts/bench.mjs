// `npm run bench [-- name …]`: measures. Bundles bench/*.bench.ts and runs one after the other.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode, root, stateFolder } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

const outDir = join(stateFolder, 'bench')

function benches(wanted) {
  const folder = join(root, 'bench')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bench.ts')).map((name) => name.slice(0, -'.bench.ts'.length)).sort() : []
  return wanted.length === 0 ? names : names.filter((name) => wanted.includes(name))
}

/** Runs in the project's own Node, which vite needs. */
async function bundle(names) {
  const { bundleForNode } = await import('./build.mjs')
  await bundleForNode(Object.fromEntries(names.map((name) => [name, join(root, 'bench', `${name}.bench.ts`)])), outDir)
}

if (process.argv[2] === '--bundle') {
  await bundle(process.argv.slice(3))
} else {
  await setUpQuietly()
  const names = benches(process.argv.slice(2))
  if (names.length === 0) console.log('There is nothing to measure: no bench/*.bench.ts of that name.')
  if (names.length > 0) process.exitCode = Math.abs(await run(ownNode, [fileURLToPath(import.meta.url), '--bundle', ...names], { toStderr: true }))
  for (const name of process.exitCode ? [] : names) {
    console.log(`\n━━━ ${name}`)
    const code = await run(ownNode, ['--expose-gc', join(outDir, `${name}.mjs`)])
    if (code !== 0) process.exitCode = 1
  }
}
