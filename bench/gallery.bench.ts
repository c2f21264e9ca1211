import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { openBareGrid } from './support/bare-grid.js'
import { keptFolder, scaled } from './support/folders.js'
import { scrollSteadily, traceMainThread, type Traced } from './support/main-thread.js'
import { loadNow, measure, quantile, type BenchResult, type Measure } from './support/measure.js'
import { preparePictures } from './support/picture-project.js'
import { startBrowser, startShell } from './support/shell.js'

const VIEWPORT = { width: 1280, height: 800 }
/** Pixels a second: looking at pictures, looking for one, and flying past. */
const SPEEDS = { looking: 1200, searching: 3600, flying: 20_000 }
const SECONDS = 2
const AFTER = 700

type Stretches = Record<keyof typeof SPEEDS | 'jumping', Traced[]>

/** A gallery of 100,000 pictures in a project of 10,000 items, beside a bare grid of the same thumbnails; and lists as long. */
export async function run({ items = scaled(10_000), pictures = scaled(100_000), versions = scaled(100_000), files = 600, rounds = Math.max(1, scaled(3)) } = {}): Promise<BenchResult> {
  const browser = await startBrowser()
  if (!browser) return { bench: 'gallery', measures: [], skipped: 'Chromium is not installed' }
  const kept = await keptFolder(`gallery-${items}-${pictures}-${versions}`, (folder) => preparePictures(folder, { items, pictures, files, versions }))
  const before = loadNow()
  const shell = await startShell(join(kept, 'user'))
  try {
    const context = await browser.newContext({ viewport: VIEWPORT })
    const studio = await context.newPage()
    await studio.goto(shell.address)
    const opened = await openTimes(studio, kept)
    const scroller = studio.locator('.gallery-scroll')
    const bare = await openBareGrid(context, studio, pictures)
    const ours: Stretches = { looking: [], searching: [], flying: [], jumping: [] }
    const theirs: Stretches = { looking: [], searching: [], flying: [], jumping: [] }
    for (let round = 0; round <= rounds; round++) {
      // The first round meets code that was never run; it is not counted.
      const into = round === 0 ? null : { ours, theirs }
      await studio.bringToFront()
      await stretch(studio, '.gallery-scroll', into?.ours)
      await bare.bringToFront()
      await stretch(bare, '.bare-scroll', into?.theirs)
    }
    await bare.close()
    await studio.bringToFront()
    const memory = await rendererMemory(browser, studio)
    const nodes = await scroller.evaluate((element) => element.querySelectorAll('*').length)
    const longest = Object.values(ours).flat().flatMap((one) => one.longest).sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a)).slice(0, 5)
    for (const one of longest) console.error(`  longest: ${one}`)
    const lists = await listTimes(studio, kept)
    return {
      bench: 'gallery',
      facts: { items, pictures, versions, files, nodesInGallery: nodes, note: 'processor time of the page’s main thread (trace), not time of the clock' },
      measures: [
        ...(Object.keys(ours) as (keyof Stretches)[]).flatMap((name) => frameMeasures(name, ours[name], theirs[name])),
        measure('longest task while scrolling', 'ms', Object.values(ours).flat().map((one) => Math.max(0, ...one.tasks)), '≤ 50'),
        measure('longest task of all', 'ms', [Math.max(...Object.values(ours).flat().flatMap((one) => one.tasks))], '≤ 50'),
        measure('memory of the page’s process, private', 'MiB', [memory.own], '≤ 400'),
        measure('memory of the page’s process, with what it shares', 'MiB', [memory.resident]),
        ...opened, ...lists,
      ],
      load: [before, loadNow()],
    }
  } finally {
    await browser.close()
    await shell.stop()
  }
}

function frameMeasures(name: string, ours: readonly Traced[], theirs: readonly Traced[]): Measure[] {
  const all = (traces: readonly Traced[]): number[] => traces.flatMap((one) => one.frames)
  const most = (traces: readonly Traced[]): number[] => traces.map((one) => quantile(one.frames, 0.95))
  const sum = (traces: readonly Traced[]): number[] => traces.map((one) => one.frames.reduce((total, frame) => total + frame, 0))
  return [
    measure(`${name}: main thread per frame`, 'ms', all(ours)),
    measure(`${name}: ninety-five of a hundred frames take at most`, 'ms', most(ours), '≤ 8'),
    measure(`${name}: the same, bare grid`, 'ms', most(theirs)),
    measure(`${name}: all frames together, studio / bare grid`, '×', sum(ours).map((value, index) => value / sum(theirs)[index]!)),
  ]
}

/** One stretch at each speed, and jumps to places that were not seen before. */
async function stretch(page: Page, selector: string, into: Stretches | undefined): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  for (const [name, speed] of Object.entries(SPEEDS)) {
    await page.locator(selector).evaluate((element) => { element.scrollTop = Math.random() * 0.8 * element.scrollHeight })
    await page.waitForTimeout(AFTER)
    const traced = await traceMainThread(page, async () => {
      await scrollSteadily(devtools, page, { distance: speed * SECONDS, speed })
      await page.waitForTimeout(AFTER)
    })
    into?.[name as keyof typeof SPEEDS].push(traced)
  }
  const jumps = await traceMainThread(page, async () => {
    for (let jump = 0; jump < 8; jump++) {
      await page.locator(selector).evaluate((element) => { element.scrollTop = Math.random() * element.scrollHeight })
      await page.waitForTimeout(400)
    }
  })
  into?.jumping.push(jumps)
  await devtools.detach()
}

/** Opening the project at its desk, then the gallery: main thread, and the clock until the first picture is there. */
async function openTimes(page: Page, kept: string): Promise<Measure[]> {
  const hash = `#/project/${encodeURIComponent(join(kept, 'projects', 'Pictures.galley'))}`
  const [desk, deskClock] = await spentOn(page, async () => {
    await page.evaluate((to) => { location.hash = to }, hash)
    await page.locator('.desk-tree [role="row"]').first().waitFor({ timeout: 120_000 })
  })
  await page.waitForTimeout(1500)
  const [gallery, galleryClock] = await spentOn(page, async () => {
    await page.evaluate((to) => { location.hash = to }, `${hash}/gallery`)
    await page.locator('.gallery-scroll [role="option"]').first().waitFor({ timeout: 120_000 })
  })
  return [
    measure('desk opened: main thread', 'ms', [desk]), measure('desk opened: clock', 'ms', [deskClock]),
    measure('gallery opened: main thread', 'ms', [gallery]), measure('gallery opened: clock', 'ms', [galleryClock]),
    measure('rows of the desk that are drawn', '', [await page.locator('.desk-tree [role="row"]').count()]),
  ]
}

async function spentOn(page: Page, work: () => Promise<void>): Promise<[processor: number, clock: number]> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const now = async (): Promise<number> => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  const [start, began] = [await now(), performance.now()]
  await work()
  const clock = performance.now() - began
  await page.waitForTimeout(500)
  const spent = (await now()) - start
  await devtools.detach()
  return [spent, clock]
}

/** The other long lists, scrolled at the pace of somebody who searches: the desk, all versions as a lineage, and the versions of one item. */
async function listTimes(page: Page, kept: string): Promise<Measure[]> {
  const hashOf = (name: string, view = ''): string => `#/project/${encodeURIComponent(join(kept, 'projects', `${name}.galley`))}${view}`
  const go = (hash: string): Promise<void> => page.evaluate((to) => { location.hash = to }, hash)
  const measures: Measure[] = []
  const add = async (name: string, selector: string): Promise<void> => { measures.push(...await listMeasures(page, name, selector)) }

  await go(hashOf('Pictures', '/models'))
  await add('desk of all items', '[data-pane="desk"] .pane-scroll')
  const [lineage, lineageClock] = await spentOn(page, async () => {
    await go(hashOf('Pictures', '/lineage'))
    await page.locator('.lineage-list [role="option"]').first().waitFor({ timeout: 60_000 })
  })
  measures.push(measure('lineage of all versions opened: main thread', 'ms', [lineage]), measure('lineage of all versions opened: clock', 'ms', [lineageClock]))
  await add('lineage of all versions', '.list-scroll')
  await go(hashOf('Versions'))
  await page.locator('.desk-tree [role="row"]').first().click({ timeout: 120_000 })
  const [versions, versionsClock] = await spentOn(page, async () => {
    await page.getByRole('tab', { name: 'Versions' }).click({ timeout: 60_000 })
    await page.locator('.version-list [role="option"]').first().waitFor({ timeout: 60_000 })
  })
  measures.push(measure('versions of one item opened: main thread', 'ms', [versions]), measure('versions of one item opened: clock', 'ms', [versionsClock]))
  await add('versions of one item', '.split-list')
  return measures
}

async function listMeasures(page: Page, name: string, selector: string): Promise<Measure[]> {
  const box = (await page.locator(selector).boundingBox())!
  const devtools = await page.context().newCDPSession(page)
  const traces: Traced[] = []
  for (let round = 0; round < 3; round++) {
    await page.locator(selector).evaluate((element, share) => { element.scrollTop = share * element.scrollHeight }, 0.1 + round * 0.3)
    await page.waitForTimeout(AFTER)
    traces.push(await traceMainThread(page, async () => {
      await devtools.send('Input.synthesizeScrollGesture', { x: box.x + box.width / 2, y: box.y + box.height / 2, yDistance: -SPEEDS.searching * SECONDS, speed: SPEEDS.searching, gestureSourceType: 'mouse', preventFling: true })
      await page.waitForTimeout(AFTER)
    }))
  }
  await devtools.detach()
  return [
    measure(`${name}: ninety-five of a hundred frames take at most`, 'ms', traces.map((one) => quantile(one.frames, 0.95)), '≤ 8'),
    measure(`${name}: longest task`, 'ms', [Math.max(...traces.flatMap((one) => one.tasks))], '≤ 50'),
    measure(`${name}: rows that are drawn`, '', [await page.locator(`${selector} [role="option"], ${selector} [role="row"]`).count()]),
  ]
}

/** What the system says of the page's process, in MiB: what is its own (as Chromium counts it), and all that it can see. */
async function rendererMemory(browser: Browser, page: Page): Promise<{ own: number; resident: number }> {
  const devtools: CDPSession = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  // The process that is busy now is the page's.
  await page.evaluate(() => { for (const end = performance.now() + 300; performance.now() < end;); })
  const after = (await devtools.send('SystemInfo.getProcessInfo')).processInfo
  const spent = (id: number): number => (after.find((one) => one.id === id)?.cpuTime ?? 0) - (processInfo.find((one) => one.id === id)?.cpuTime ?? 0)
  const [own] = after.filter((one) => one.type === 'renderer').sort((a, b) => spent(b.id) - spent(a.id))
  await devtools.detach()
  const status = readFileSync(`/proc/${own!.id}/status`, 'utf8')
  const inMiB = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { own: inMiB('RssAnon') + inMiB('VmSwap'), resident: inMiB('VmRSS') }
}
