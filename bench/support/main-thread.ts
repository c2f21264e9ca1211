import type { CDPSession, Page } from '@playwright/test'

/** An event of Chromium's trace; times are microseconds, `tdur` is processor time of its thread. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly tts?: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: Readonly<Record<string, unknown>>
}

export interface Traced {
  /** Processor time of the main thread from each frame that it began to the next, in milliseconds. */
  readonly frames: readonly number[]
  /** Processor time of each task of the main thread, in milliseconds. */
  readonly tasks: readonly number[]
  /** The longest tasks with what they were made of, for whoever wants to know why. */
  readonly longest: readonly string[]
}

/** No more than is read: each event reads the thread's clock, which would be most of what is measured. */
const categories = ['toplevel', 'devtools.timeline', 'cc', '__metadata']

/** Traces a page's main thread while `work` goes on. Other processes on the computer do not count: it is processor time, not time of the clock. */
export async function traceMainThread(page: Page, work: () => Promise<void>): Promise<Traced> {
  const devtools = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  devtools.on('Tracing.dataCollected', ({ value }) => { events.push(...(value as unknown as TraceEvent[])) })
  await devtools.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories, excludedCategories: ['*'] } } as never)
  const marker = `bench ${Math.random()}`
  await page.evaluate((name) => console.timeStamp(name), marker)
  await work()
  const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()))
  await devtools.send('Tracing.end')
  await complete
  await devtools.detach()
  return read(events, marker)
}

function read(events: readonly TraceEvent[], marker: string): Traced {
  // The page that traces itself is the one that wrote the marker.
  const own = events.find((event) => event.name === 'TimeStamp' && JSON.stringify(event.args).includes(marker))
  if (!own) throw new Error('the page is not in the trace')
  const main = events.filter((event) => event.pid === own.pid && event.tid === own.tid && event.ts >= own.ts).sort((a, b) => a.ts - b.ts)
  const tasks = main.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && event.ph === 'X' && event.tdur !== undefined)
  const begins = main.filter((event) => event.name === 'ProxyMain::BeginMainFrame' && event.ph === 'X').map((event) => event.ts)
  const sums = begins.slice(0, -1).map(() => 0)
  let frame = -1
  for (const task of tasks) {
    // A frame begins within a task: that task is already the frame's.
    while (frame + 1 < begins.length && begins[frame + 1]! <= task.ts + (task.dur ?? 0)) frame++
    if (frame >= 0 && frame < sums.length) sums[frame]! += task.tdur! / 1000
  }
  const longest = [...tasks].sort((a, b) => b.tdur! - a.tdur!).slice(0, 3).map((task) => describe(task, main))
  return { frames: sums, tasks: tasks.map((task) => task.tdur! / 1000), longest }
}

function describe(task: TraceEvent, main: readonly TraceEvent[]): string {
  const parts = new Map<string, number>()
  for (const event of main) {
    if (event === task || event.ph !== 'X' || event.tdur === undefined || event.ts < task.ts || event.ts > task.ts + task.dur!) continue
    parts.set(event.name, (parts.get(event.name) ?? 0) + event.tdur / 1000)
  }
  const most = [...parts].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
  return `${(task.tdur! / 1000).toFixed(1)} ms: ${most.join(', ')}`
}

/** Scrolls as a wheel does, at a steady speed in pixels a second, with the pointer over the middle of the page. */
export async function scrollSteadily(devtools: CDPSession, page: Page, { distance, speed }: { distance: number; speed: number }): Promise<void> {
  const { width, height } = page.viewportSize()!
  await devtools.send('Input.synthesizeScrollGesture', { x: width / 2, y: height / 2, yDistance: -distance, speed, gestureSourceType: 'mouse', preventFling: true } as never)
}
