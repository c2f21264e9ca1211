import type { Router } from '@orpc/server'
import type { AssetFile, AssetRequest, KeyStore, ShellName } from '../../contract/index.js'
import type { SpawnEngine } from '../engines/types.js'
import type { Signer } from '../project/types.js'

/** What a shell gives the studio. All paths are absolute. */
export interface StudioOptions {
  readonly userData: string
  readonly cacheDir: string
  readonly resources: string
  readonly shell: ShellName
  readonly version: string
  readonly spawn: SpawnEngine
  readonly signer: Signer
  readonly keyStore: KeyStore
}

/** The studio as its process sees it. */
export interface Studio {
  readonly router: Router<any, Record<never, never>>
  /** The file behind an address of the page, or null where there is none. */
  asset(request: AssetRequest): Promise<AssetFile | null>
  close(): Promise<void>
}

export type CreateStudio = (options: StudioOptions) => Promise<Studio>
