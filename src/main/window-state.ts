import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'

export interface WindowState {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

const smallest = { width: 800, height: 560 }

/** The state if it can be used: whole numbers, big enough, and with its title bar on a screen that is there now. */
export function usableState(stored: unknown, screens: readonly Rectangle[]): WindowState | null {
  const { bounds, maximized } = (stored ?? {}) as Partial<WindowState>
  if (!bounds || ![bounds.x, bounds.y, bounds.width, bounds.height].every(Number.isInteger)) return null
  if (bounds.width < smallest.width || bounds.height < smallest.height) return null
  const seen = screens.some((area) => bounds.x + bounds.width > area.x + 80 && bounds.x < area.x + area.width - 80 && bounds.y >= area.y - 10 && bounds.y < area.y + area.height - 40)
  return seen ? { bounds, maximized: maximized === true } : null
}

/** Where the window was the last time, or null. */
export function readWindowState(userData: string): WindowState | null {
  try {
    return usableState(JSON.parse(readFileSync(join(userData, 'window.json'), 'utf8')), screen.getAllDisplays().map((display) => display.workArea))
  } catch {
    return null
  }
}

export function rememberWindow(window: BrowserWindow, userData: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(join(userData, 'window.json'), JSON.stringify(state))
    } catch {
      // Not worth keeping a window open for.
    }
  })
}
