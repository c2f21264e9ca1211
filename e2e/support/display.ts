import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { findProgram } from '../../scripts/lib/programs.mjs'

export interface Display {
  readonly env: Record<string, string>
  close(): void
}

/** A screen to show windows on: the one that is there, or a virtual one. Says why where there is neither. */
export async function openDisplay(): Promise<Display | string> {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { env: {}, close: () => {} }
  const xvfb = findProgram('Xvfb')
  if (!xvfb) return 'there is no display, and Xvfb is not installed'
  const child = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string | null>((resolve) => {
    let text = ''
    const out = child.stdio[3] as Readable
    out.on('data', (data) => {
      text += String(data)
      if (text.endsWith('\n')) resolve(text.trim())
    })
    child.on('exit', () => resolve(null))
    child.on('error', () => resolve(null))
  })
  return number === null ? 'Xvfb did not start' : { env: { DISPLAY: `:${number}` }, close: () => { child.kill() } }
}
