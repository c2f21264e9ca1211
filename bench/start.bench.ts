import type { Browser } from '@playwright/test'
import { openDisplay } from '../e2e/support/display.js'
import { startDesktopShell } from '../e2e/support/shells.js'
import { findTestElectron } from '../scripts/lib/programs.mjs'
import { scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, type BenchResult, type Measure } from './support/measure.js'
import { prepareProject, type Prepared } from './support/prepared.js'
import { startBrowser, startShell } from './support/shell.js'

/** A row of the desk: somebody can begin to work. */
const DESK_ROW = '.desk-tree [role="row"]'
const hashOf = (path: string): string => `#/project/${encodeURIComponent(path)}`

interface Start { readonly listening: number; readonly usable: number }

/**
 * From the start of the program's process until the desk of a project can be used, with files that the system has read
 * before. The browser is there already; its page is a fresh one, with nothing in its cache.
 */
export async function run({ rounds = Math.min(7, scaled(700)), items = 100 } = {}): Promise<BenchResult> {
  const browser = await startBrowser()
  if (!browser) return { bench: 'start', measures: [], skipped: 'Chromium is not installed' }
  const before = loadNow()
  const scratch = scratchFolder()
  try {
    const prepared = await prepareProject(scratch.path('prepared'), { items, words: 2000 })
    const starts: Start[] = []
    for (let round = 0; round <= rounds; round++) starts.push(await startInBrowser(browser, prepared))
    const warm = starts.slice(1)
    const desktop = await startOnDesktop(prepared, rounds)
    return {
      bench: 'start',
      facts: { items, ...(typeof desktop === 'string' ? { desktop: `skipped: ${desktop}` } : { desktop: desktop.name }) },
      measures: [
        measure('browser shell: process to address', 'ms', warm.map((one) => one.listening)),
        measure('browser shell: process to desk', 'ms', warm.map((one) => one.usable), '≤ 3000'),
        ...(typeof desktop === 'string' ? [] : desktop.measures),
      ],
      load: [before, loadNow()],
    }
  } finally {
    await browser.close()
    scratch.remove()
  }
}

async function startInBrowser(browser: Browser, { userData, path }: Prepared): Promise<Start> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const started = performance.now()
  const shell = await startShell(userData)
  const listening = performance.now() - started
  try {
    await page.goto(shell.address + hashOf(path), { waitUntil: 'commit' })
    await page.locator(DESK_ROW).first().waitFor()
    return { listening, usable: performance.now() - started }
  } finally {
    await context.close()
    await shell.stop()
  }
}

async function startOnDesktop({ userData, path }: Prepared, rounds: number): Promise<{ name: string; measures: Measure[] } | string> {
  const electron = findTestElectron()
  if (typeof electron === 'string') return electron
  const display = await openDisplay()
  if (typeof display === 'string') return display
  const times: number[] = []
  try {
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now()
      const shell = await startDesktopShell(electron, display.env, userData)
      try {
        await shell.page.evaluate((hash) => { location.hash = hash }, hashOf(path))
        await shell.page.locator(DESK_ROW).first().waitFor()
        times.push(performance.now() - started)
      } finally {
        await shell.close()
      }
    }
  } catch (error) {
    return `the desktop shell did not start: ${(error as Error).message.split('\n')[0]}`
  } finally {
    display.close()
  }
  return { name: electron.name, measures: [measure('desktop shell, driven from outside: process to desk', 'ms', times.slice(1), '≤ 3000')] }
}
