import type { Router } from '@orpc/server'
import type { AssetFile, AssetRequest } from '../../contract/index.js'
import type { StudioOptions } from '../index.js'

/** As much of the studio as its process needs. */
export interface HostedStudio {
  readonly router: Router<any, Record<never, never>>
  asset(request: AssetRequest): Promise<AssetFile | null>
  close(): Promise<void>
}

export type CreateStudio = (options: StudioOptions) => Promise<HostedStudio>
