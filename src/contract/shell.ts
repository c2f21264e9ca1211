import type { AssetRequest } from './assets.js'
import type { EngineRole } from './engine.js'

/** Which shell core runs in. */
export type ShellName = 'desktop' | 'browser' | 'cli' | 'test'

/** How well a shell keeps the signing key: `weak` is a key store without a secret of its own, `file` an owner-only file. */
export type KeyStore = 'keychain' | 'weak' | 'file' | 'none'

/** What core has to know to begin. All paths are absolute. */
export interface CoreOptions {
  readonly userData: string
  readonly cacheDir: string
  readonly resources: string
  /** Folder of the built engine entries, one `<role>.mjs` each. */
  readonly engines: string
  readonly shell: ShellName
  readonly version: string
  /** Ed25519 public key of this installation, base64url. */
  readonly publicKey: string
  readonly keyStore: KeyStore
}

/** A file that a shell may stream to the page. */
export interface AssetFile {
  readonly path: string
  readonly mediaType: string
}

/**
 * What a shell says to core over the control channel. Everything is JSON. Where the platform has ports that can be
 * handed over (Electron), `connect` and `engine` carry one; elsewhere `data` messages of a numbered connection go
 * through the channel itself.
 */
export type ToCore =
  | { readonly type: 'init'; readonly options: CoreOptions }
  | { readonly type: 'connect'; readonly connection: number }
  | { readonly type: 'data'; readonly connection: number; readonly data: string }
  | { readonly type: 'disconnect'; readonly connection: number }
  | { readonly type: 'asset'; readonly id: number; readonly request: AssetRequest }
  | { readonly type: 'signed'; readonly id: number; readonly signature: string }
  | { readonly type: 'sign-failed'; readonly id: number; readonly detail: string }
  | { readonly type: 'engine'; readonly id: number }
  | { readonly type: 'engine-exit'; readonly id: number; readonly reason: string }
  | { readonly type: 'close' }

/** What core says to its shell. */
export type FromCore =
  | { readonly type: 'ready'; readonly pid: number }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'data'; readonly connection: number; readonly data: string }
  | { readonly type: 'asset'; readonly id: number; readonly file: AssetFile | null }
  /** Asks for a signature over the bytes, base64. */
  | { readonly type: 'sign'; readonly id: number; readonly bytes: string }
  | { readonly type: 'spawn'; readonly id: number; readonly role: EngineRole }
  | { readonly type: 'engine-kill'; readonly id: number }
  | { readonly type: 'closed' }

export interface FileFilter {
  readonly name: string
  /** Endings without a dot. */
  readonly extensions: readonly string[]
}

export type ChooseFile =
  | { readonly kind: 'open'; readonly title: string; readonly filters?: readonly FileFilter[]; readonly several?: boolean }
  | { readonly kind: 'save'; readonly title: string; readonly filters?: readonly FileFilter[]; readonly suggested?: string }
  | { readonly kind: 'folder'; readonly title: string }

/** `window.galley` in the desktop shell; absent in the browser shell. */
export interface GalleyBridge {
  readonly shell: 'desktop'
  readonly platform: string
  /**
   * Asks for a port to core. It arrives as a `message` event of the window whose data is `galley-port`
   * (`portMessage`) with one port; another arrives each time core was restarted. A connection with a name is one beside
   * the page's own: its port comes once, and the name stands behind the data.
   */
  connect(name?: unknown): void
  /** Paths that a person chose, empty if they did not. */
  chooseFile(options: ChooseFile): Promise<string[]>
  /** Path of a file that was dropped or picked; empty where it has none. */
  pathOf(file: File): string
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): Promise<void>
  /** Opens an http(s) address in the system's browser. */
  openExternal(address: string): Promise<void>
}

/** Data of the window message that brings a port to core. */
export const portMessage = 'galley-port'
