// Core in a process of its own, so that its memory and its event loop are nobody else's. Started with `fork`:
// open.child.mjs make|open|work <folder>. Answers with one message.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileSigner } from './support/signer.js'
import { fillProject } from './support/big-project.js'
import { testStudio, type TestStudio } from '../src/core/testing/test-studio.js'

const RESOLUTION = 1
const [mode, folder, items, versions] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4]), Number(process.argv[5])]
const path = join(folder, 'projects', 'Large.galley')

const residentMiB = (): number => process.memoryUsage.rss() / 1024 / 1024
const start = (): Promise<TestStudio> => testStudio({ folder, name: 'Ada', signer: fileSigner(join(folder, 'key')), spawn: () => Promise.reject(new Error('no engines here')) })

async function make(): Promise<object> {
  const one = await start()
  mkdirSync(join(folder, 'projects'), { recursive: true })
  const project = await one.call.projects.create({ title: 'Large', path })
  const { writer } = one.studio.services.projects.get(project.handle)
  await fillProject(writer, one.studio.services.people.current(), { items, versions })
  await one.studio.services.search.follower.caughtUp()
  await one.close()
  // Opened and closed once, as it lies there after a day of work.
  const again = await start()
  await again.call.projects.open({ path })
  await again.studio.services.search.follower.caughtUp()
  await again.close()
  return {}
}

async function open(): Promise<object> {
  const before = performance.now()
  const one = await start()
  const started = performance.now()
  const project = await one.call.projects.open({ path })
  const opened = performance.now()
  const list = await one.call.items.list({ project: project.handle })
  const listed = performance.now()
  globalThis.gc?.()
  const resident = residentMiB()
  await one.close()
  return { startMs: started - before, openMs: opened - started, listMs: listed - opened, resident, items: list.items.length, versions: project.counts.versions }
}

/** Delays beyond the timer's own resolution, in milliseconds. */
async function delaysDuring(work: () => Promise<unknown>): Promise<{ p50: number; p99: number; max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION })
  histogram.enable()
  await work()
  histogram.disable()
  const inMs = (value: number): number => Math.max(0, value / 1e6 - RESOLUTION)
  return { p50: inMs(histogram.percentile(50)), p99: inMs(histogram.percentile(99)), max: inMs(histogram.max) }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function work(): Promise<object> {
  const one = await start()
  const project = (await one.call.projects.open({ path })).handle
  const { items } = await one.call.items.list({ project })
  const text = { project, item: items[0]!.id, session: 'bench-session' }
  let { number } = await one.call.texts.open(text)
  const typeOne = async (): Promise<void> => {
    const step = { stepType: 'replace', from: 1, to: 1, slice: { content: [{ type: 'text', text: 'e' }] } }
    ;({ number } = await one.call.texts.append({ ...text, number, steps: [{ step, origin: 'typed' }] }))
    await pause(5)
  }
  const turns = async (count: number, turn: (index: number) => Promise<unknown>): Promise<void> => {
    for (let index = 0; index < count; index++) {
      await turn(index)
      await pause(5)
    }
  }
  const stretches: Record<string, () => Promise<unknown>> = {
    typing: () => turns(150, typeOne),
    listing: () => turns(20, () => one.call.items.list({ project })),
    versions: () => turns(100, (index) => one.call.items.versions({ project, item: items[index % items.length]!.id, limit: 100 })),
    renaming: () => turns(60, (index) => one.call.items.rename({ project, target: items[index % items.length]!.id, title: `Renamed ${index}` })),
  }
  // The copy lies in another place, so that everything in it is indexed for search anew: long work beside which all else has to go on.
  const delays: Record<string, object> = { indexing: await delaysDuring(() => one.studio.services.search.follower.caughtUp()) }
  for (const stretch of Object.values(stretches)) await stretch()
  delays.idle = await delaysDuring(() => pause(1500))
  for (const [name, stretch] of Object.entries(stretches)) delays[name] = await delaysDuring(stretch)
  delays.all = await delaysDuring(async () => { for (const stretch of Object.values(stretches)) await stretch() })
  const resident = residentMiB()
  await one.close()
  return { delays, resident }
}

const modes: Record<string, () => Promise<object>> = { make, open, work }
const answer = await modes[mode]!()
process.send!(answer, undefined, undefined, () => process.exit(0))
