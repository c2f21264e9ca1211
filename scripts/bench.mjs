// `npm run bench [-- name …]`: measures. Each bench/<name>.bench.ts exports `run()`, which gives its figures; they are
// printed and kept as JSON in bench/results/.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

function benches(wanted) {
  const folder = join(root, 'bench')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bench.ts')).map((name) => name.slice(0, -'.bench.ts'.length)).sort() : []
  return wanted.length === 0 ? names : names.filter((name) => wanted.includes(name))
}

/** The figures, whether a bench gives them bare or with something about the whole of it. */
function figuresOf(result) {
  return Array.isArray(result) ? result : result.measures ?? []
}

function table(figures) {
  const round = (value) => Number(value.toPrecision(4))
  return figures.map(({ name, unit, median, low, high }) => `  ${name}: ${round(median)} ${unit} (${round(low)}–${round(high)})`).join('\n')
}

/** Measures one bench, in this process and from its sources: what it starts it finds beside them. */
async function measure(name) {
  const { createServer } = await import('vite')
  const loader = await createServer({
    configFile: false, root, logLevel: 'error', appType: 'custom', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  try {
    const bench = await loader.ssrLoadModule(join(root, 'bench', `${name}.bench.ts`))
    const result = await bench.run()
    const machine = { processor: cpus()[0]?.model ?? '', cores: cpus().length, memory: totalmem(), node: process.version, platform: `${process.platform}-${process.arch}` }
    const file = join(root, 'bench/results', `${name}.json`)
    mkdirSync(join(root, 'bench/results'), { recursive: true })
    writeFileSync(file, `${JSON.stringify({ bench: name, at: new Date().toISOString(), machine, result }, null, 2)}\n`)
    console.log(result.skipped ? `  skipped: ${result.skipped}` : table(figuresOf(result)))
    console.log(`  all of it in ${file}`)
  } finally {
    await loader.close()
  }
}

if (process.argv[2] === '--measure') {
  await measure(process.argv[3])
  process.exit(0)
} else {
  await setUpQuietly()
  const names = benches(process.argv.slice(2))
  if (names.length === 0) console.log('There is nothing to measure: no bench/*.bench.ts of that name.')
  for (const name of names) {
    console.log(`━━━ ${name}`)
    // A process of its own for each, so that none measures what the one before left in memory.
    if (await run(ownNode, ['--expose-gc', fileURLToPath(import.meta.url), '--measure', name]) !== 0) process.exitCode = 1
  }
}
