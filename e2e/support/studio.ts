import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test as base, type Browser, type Page } from '@playwright/test'
import { openDisplay, type Display } from './display.js'
import { findChromium, findTestElectron } from '../../scripts/lib/programs.mjs'
import { startBrowserShell, startDesktopShell, type RunningShell } from './shells.js'

export interface ShellOptions {
  shell: 'browser' | 'desktop'
}

/** Galley with a user data folder of its own, in whichever shell the project names. */
export interface Studio {
  readonly shell: ShellOptions['shell']
  /** The page of now: `restart` makes another. */
  readonly page: Page
  readonly userData: string
  /** Ends core at once, as `kill -9` does, and waits until it is gone. The shell starts another by itself. */
  killCore(): Promise<void>
  /** Closes Galley as a person would, and opens it again with the same user data. */
  restart(): Promise<Page>
  close(): Promise<void>
  /** What Galley's processes printed since they were started last. */
  output(): string
}

interface Fixtures { studio: Studio }
interface WorkerFixtures {
  /** Starts the shell with a user data folder, or says why it cannot. */
  launcher: ((userData: string) => Promise<RunningShell>) | string
}

async function browserLauncher(use: (launcher: WorkerFixtures['launcher']) => Promise<void>): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) return use('Chromium is not installed')
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
  await use((userData) => startBrowserShell(browser, userData))
  await browser.close()
}

async function desktopLauncher(use: (launcher: WorkerFixtures['launcher']) => Promise<void>): Promise<void> {
  const electron = findTestElectron()
  if (typeof electron === 'string') return use(electron)
  const display: Display | string = await openDisplay()
  if (typeof display === 'string') return use(display)
  console.log(`desktop: ${electron.name}`)
  await use((userData) => startDesktopShell(electron, display.env, userData))
  display.close()
}

function corePid(userData: string): number | null {
  const file = join(userData, 'core.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null
}

async function killCore(userData: string): Promise<void> {
  await expect.poll(() => corePid(userData), { message: 'core runs' }).toBeGreaterThan(0)
  const pid = corePid(userData)!
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => corePid(userData), { message: 'the shell noticed' }).not.toBe(pid)
}

export const test = base.extend<Fixtures, ShellOptions & WorkerFixtures>({
  shell: ['browser', { option: true, scope: 'worker' }],
  launcher: [async ({ shell }, use) => (shell === 'browser' ? browserLauncher(use) : desktopLauncher(use)), { scope: 'worker', timeout: 300_000 }],
  studio: async ({ shell, launcher }, use, info) => {
    if (typeof launcher === 'string') {
      console.log(`Skipped in the ${shell} shell: ${launcher}`)
      return base.skip(true, launcher)
    }
    const userData = mkdtempSync(join(tmpdir(), 'galley-e2e-'))
    let running: RunningShell | null = await launcher(userData)
    const current = () => {
      if (!running) throw new Error('Galley is closed')
      return running
    }
    const close = async () => {
      const closing = running
      running = null
      await closing?.close()
    }
    await use({
      shell, userData, close,
      get page() { return current().page },
      killCore: () => killCore(userData),
      restart: async () => {
        await close()
        running = await launcher(userData)
        return running.page
      },
      output: () => current().output(),
    })
    if (running && info.status !== info.expectedStatus) {
      await info.attach('what Galley printed', { body: current().output(), contentType: 'text/plain' })
      await info.attach('the page', { body: await current().page.screenshot().catch(() => Buffer.alloc(0)), contentType: 'image/png' })
    }
    await close()
    rmSync(userData, { recursive: true, force: true })
  },
})

export { expect }
