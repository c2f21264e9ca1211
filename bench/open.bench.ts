import { fork } from 'node:child_process'
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { coreFlags } from '../src/shell/core-process.js'
import { keptFolder, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, type BenchResult } from './support/measure.js'

interface Opened { readonly startMs: number; readonly openMs: number; readonly listMs: number; readonly resident: number; readonly items: number; readonly versions: number }
interface Delay { readonly p50: number; readonly p99: number; readonly max: number }
interface Worked { readonly delays: Readonly<Record<string, Delay>>; readonly resident: number }

/** A project of 100,000 versions: how long until its first screen, what core then takes, and whether core stays quick to answer. */
export async function run({ items = scaled(1000), versions = scaled(100_000), openings = 7, stretches = 3 } = {}): Promise<BenchResult> {
  const size = [String(items), String(versions)]
  const kept = await keptFolder(`open-${items}-${versions}`, async (folder) => { await child('make', folder, size) })
  const before = loadNow()
  const opened: Opened[] = []
  // The first one meets a file that the system has not read yet; it is not counted.
  for (let opening = 0; opening <= openings; opening++) opened.push((await child('open', kept, size)) as Opened)
  const warm = opened.slice(1)
  const scratch = scratchFolder()
  const worked: Worked[] = []
  try {
    for (let stretch = 0; stretch < stretches; stretch++) {
      // Working changes the project: on a copy.
      const copy = scratch.path(`copy-${stretch}`)
      cpSync(kept, copy, { recursive: true })
      worked.push((await child('work', copy, size)) as Worked)
    }
  } finally {
    scratch.remove()
  }
  const delay = (name: string, of: keyof Delay): number[] => worked.map(({ delays }) => delays[name]![of])
  return {
    bench: 'open',
    facts: { items: warm[0]!.items, versions: warm[0]!.versions },
    measures: [
      measure('studio started', 'ms', warm.map((one) => one.startMs)),
      measure('project opened', 'ms', warm.map((one) => one.openMs)),
      measure('items listed', 'ms', warm.map((one) => one.listMs)),
      measure('first screen: opened and listed', 'ms', warm.map((one) => one.openMs + one.listMs), '≤ 300'),
      measure('memory of core after it', 'MiB', warm.map((one) => one.resident), '≤ 200'),
      measure('memory of core after work', 'MiB', worked.map((one) => one.resident)),
      measure('event loop delay p99, at rest', 'ms', delay('idle', 'p99')),
      ...['indexing', 'typing', 'listing', 'versions', 'renaming'].map((name) => measure(`event loop delay p99, ${name}`, 'ms', delay(name, 'p99'), '≤ 20')),
      measure('event loop delay p99, all of these', 'ms', delay('all', 'p99'), '≤ 20'),
      measure('event loop delay, longest', 'ms', delay('all', 'max')),
    ],
    load: [before, loadNow()],
  }
}

function child(mode: string, folder: string, size: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const process = fork(fileURLToPath(new URL('./open.child.mjs', import.meta.url)), [mode, folder, ...size], { execArgv: ['--expose-gc', ...coreFlags], stdio: ['ignore', 2, 2, 'ipc'] })
    let answer: unknown
    process.on('message', (message) => { answer = message })
    process.on('error', reject)
    process.on('exit', (code) => (code === 0 ? resolve(answer) : reject(new Error(`the measured core (${mode}) ended with ${code}`))))
  })
}
