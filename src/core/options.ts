import type { Signer } from './project/types.js'
import type { SpawnEngine } from './engines/types.js'

/** What a shell gives core. Core never learns which shell it is beyond the name that it shows in *About*. */
export interface StudioOptions {
  /** Folder of `studio.db`, identities and added models. Made if missing. */
  readonly userData: string
  /** Folder that may be emptied at any time: assets, previews, scratch. */
  readonly cacheDir: string
  /** Folder with what ships beside the program (models, sample project). */
  readonly resources: string
  /** Where set-up put the built-in text model; null if it could not be had. */
  readonly textModel: string | null
  readonly shell: 'desktop' | 'browser' | 'cli' | 'test'
  readonly version: string
  readonly spawn: SpawnEngine
  /** A signer with the key of one local identity, made at its first use. */
  readonly signerFor: (person: string) => Promise<Signer>
  readonly keyStore: 'keychain' | 'weak' | 'file' | 'none'
  /** Work as this person instead of the one of the settings (command line). */
  readonly asPerson?: string
  /** Where new projects go unless the settings say otherwise. */
  readonly projectsFolder: string
}
