import type { Signer } from './project/types.js'
import type { Patience, SpawnEngine } from './engines/index.js'

/** What a shell gives core. Core never learns which shell it is beyond the name that it shows in *About*. */
export interface StudioOptions {
  /** Folder of `studio.db`, identities and added models. Made if missing. */
  readonly userData: string
  /** Folder that may be emptied at any time: assets, previews, scratch. */
  readonly cacheDir: string
  /** Folder with what ships beside the program (models, sample project). */
  readonly resources: string
  readonly shell: 'desktop' | 'browser' | 'cli' | 'test'
  readonly version: string
  readonly spawn: SpawnEngine
  /** How long engines may take to answer; left out, the usual times. */
  readonly enginePatience?: Partial<Patience>
  /** Signs with the key of the person who works here. */
  readonly signer: Signer
  readonly keyStore: 'keychain' | 'weak' | 'file' | 'none'
  /** Work as this person instead of the one of the settings (command line). */
  readonly asPerson?: string
}
