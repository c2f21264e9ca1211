import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** What a piece of work cost: milliseconds by the clock and of the processor, the longest time for which nothing else got its turn, and memory. */
export interface Cost {
  readonly ms: number
  /** Of all threads of this process: the figure to compare where the computer does other things beside. */
  readonly cpuMs: number
  /** The longest pause of the event loop, milliseconds. */
  readonly pauseMs: number
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
  const timer = setInterval(() => { memory = Math.max(memory, process.memoryUsage.rss()) }, 20)
  delay.enable()
  const [began, before] = [performance.now(), process.cpuUsage()]
  await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  delay.disable()
  clearInterval(timer)
  // The list of collections is told a turn later.
  await new Promise((resolve) => setTimeout(resolve, 20))
  collections.disconnect()
  return { ms, cpuMs: (user + system) / 1000, pauseMs: delay.max / 1e6, collectionMs, memory: Math.max(memory, process.memoryUsage.rss()) }
}
