import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { _electron, type Browser, type Page } from '@playwright/test'
import { ownNode, root } from '../../scripts/lib/paths.mjs'
import type { ElectronFound } from '../../scripts/lib/programs.mjs'

/** A shell that runs, with its page. */
export interface RunningShell {
  readonly page: Page
  /** What the shell's processes printed so far. */
  output(): string
  close(): Promise<void>
}

// Projects of specs lie beside their user data, never in the home folder of whoever runs them.
const environmentOf = (userData: string) => ({ GALLEY_PROJECTS: join(userData, 'projects') })

/** Holds the app's start back until Playwright has attached. It adds this itself only to an Electron that it finds itself. */
const loader = join(root, 'node_modules/playwright-core/lib/server/electron/loader.js')

export async function startBrowserShell(browser: Browser, userData: string): Promise<RunningShell> {
  const child = spawn(ownNode, [join(root, 'out/web/web.mjs'), '--user-data', userData, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environmentOf(userData) } })
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  let text = ''
  const address = await new Promise<string>((resolve, reject) => {
    const read = (data: unknown) => {
      text += String(data)
      const match = /Galley is at (\S+)\n/.exec(text)
      if (match) resolve(match[1]!)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`The browser shell ended with ${code}:\n${text}`)))
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(address)
  return {
    page,
    output: () => text,
    close: async () => {
      await context.close()
      child.kill('SIGTERM')
      await exited
    },
  }
}

export async function startDesktopShell(electron: ElectronFound, displayEnv: Record<string, string>, userData: string): Promise<RunningShell> {
  const env = { ...process.env, ...electron.env, ...displayEnv, ...environmentOf(userData) } as Record<string, string>
  delete env.NODE_OPTIONS
  const args = ['-r', loader, '--no-sandbox', '--disable-gpu', root, `--user-data=${userData}`]
  const app = await _electron.launch({ executablePath: electron.executable, args, env, cwd: root })
  let text = ''
  app.process().stdout?.on('data', (data) => { text += String(data) })
  app.process().stderr?.on('data', (data) => { text += String(data) })
  const page = await app.firstWindow()
  await page.setViewportSize({ width: 1280, height: 800 }).catch(() => {})
  return { page, output: () => text, close: () => app.close() }
}
