export interface FileFilter {
  readonly name: string
  /** Endings without a dot. */
  readonly extensions: readonly string[]
}

export type ChooseFile =
  | { readonly kind: 'open'; readonly title: string; readonly filters?: readonly FileFilter[]; readonly several?: boolean }
  | { readonly kind: 'save'; readonly title: string; readonly filters?: readonly FileFilter[]; readonly suggested?: string }
  | { readonly kind: 'folder'; readonly title: string }

/** What the desktop shell offers to the page. In a browser there is none, and the page uses what core offers instead. */
export interface Bridge {
  readonly platform?: string
  connect(listener: (port: MessagePort) => void): void
  chooseFile?(options: ChooseFile): Promise<readonly string[] | string | null>
  /** Path of a file that was dropped or picked; empty where it has none, as a pasted one. */
  pathOf?(file: File): string
  showInFolder?(path: string): Promise<void>
}

declare global {
  interface Window {
    readonly galley?: Bridge
  }
}

/** The desktop shell's bridge, or null in a browser. */
export function bridge(): Bridge | null {
  return window.galley ?? null
}

/** Whether Cmd stands for Ctrl. */
export const isMac = /mac/i.test(window.galley?.platform ?? navigator.userAgent) || window.galley?.platform === 'darwin'
