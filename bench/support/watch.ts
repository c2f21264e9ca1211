import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** What a piece of work cost: milliseconds by the clock and of the processor, the longest time for which nothing else got its turn, and memory. */
export interface Cost {
  readonly ms: number
  /** Of all threads of this process: the figure to compare where the computer does other things beside. */
  readonly cpuMs: number
  /** The longest pause of the event loop, milliseconds; on a computer that does other things beside, mostly the turns of those. */
  readonly pauseMs: number
  /** The most that one turn of the event loop took of the processor, milliseconds: what the work itself holds up others with. */
  readonly turnMs: number
  /** The longest collection of garbage within it, milliseconds: a pause of that length is not the work's own. */
  readonly collectionMs: number
  /** Most memory that the process held, bytes. */
  readonly memory: number
}

/** Runs work and watches it. */
export async function watch(work: () => Promise<unknown>): Promise<Cost> {
  globalThis.gc?.()
  let memory = process.memoryUsage.rss()
  let collectionMs = 0
  const collections = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) collectionMs = Math.max(collectionMs, duration) })
  collections.observe({ entryTypes: ['gc'] })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const timer = setInterval(() => { memory = Math.max(memory, process.memoryUsage.rss()) }, 50)
  let turnMs = 0
  let last = process.threadCpuUsage()
  const look = (): void => {
    const now = process.threadCpuUsage()
    turnMs = Math.max(turnMs, (now.user + now.system - last.user - last.system) / 1000)
    last = now
  }
  const turns = setInterval(look, 1)
  delay.enable()
  const [began, before] = [performance.now(), process.cpuUsage()]
  await work()
  // The last turn, or the only one, ends before the timer comes.
  look()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  delay.disable()
  clearInterval(timer)
  clearInterval(turns)
  // The list of collections is told a turn later.
  await new Promise((resolve) => setTimeout(resolve, 20))
  collections.disconnect()
  return { ms, cpuMs: (user + system) / 1000, pauseMs: delay.max / 1e6, turnMs, collectionMs, memory: Math.max(memory, process.memoryUsage.rss()) }
}
