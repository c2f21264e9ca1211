import type { GalleyBridge } from '../contract/index.js'

declare global {
  interface Window {
    /** What the desktop shell offers to the page. In a browser there is none, and the page uses what core offers instead. */
    readonly galley?: GalleyBridge
  }
}

/** The desktop shell's bridge, or null in a browser. */
export function bridge(): GalleyBridge | null {
  return window.galley ?? null
}

/** Whether Cmd stands for Ctrl. */
export const isMac = /mac/i.test(window.galley?.platform ?? navigator.userAgent) || window.galley?.platform === 'darwin'
