import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { findChromium } from '../../scripts/lib/programs.mjs'
import { ownNode } from '../../scripts/lib/paths.mjs'
import { root } from './folders.js'

export interface Shell { readonly address: string; stop(): Promise<void> }

/** The browser shell as it was built, in a process of its own; answers with its one-time address. */
export async function startShell(userData: string): Promise<Shell> {
  const child = spawn(ownNode, [join(root, 'out/web/web.mjs'), '--user-data', userData, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, GALLEY_PROJECTS: join(userData, 'projects') },
  })
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (data) => {
      text += String(data)
      const match = /Galley is at (\S+)\n/.exec(text)
      if (match) resolve(match[1]!)
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the browser shell ended with ${code}`)))
  })
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** A browser without a window, or null where Chromium is not installed. */
export async function startBrowser(): Promise<Browser | null> {
  const executablePath = findChromium()
  return executablePath ? chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] }) : null
}
