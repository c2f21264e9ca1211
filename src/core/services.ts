import type { FactId } from '../contract/index.js'
import type { Engines } from './engines/index.js'
import type { Events } from './events.js'
import type { Assets, Imaging } from './imaging/index.js'
import type { Queue } from './jobs/index.js'
import type { Models } from './models/index.js'
import type { OpenProjects } from './open-projects.js'
import type { StudioOptions } from './options.js'
import type { People } from './people.js'
import type { Meaning, SearchFollower, SearchIndex } from './search/index.js'
import type { SettingsOfStudio } from './settings.js'
import type { StudioDb } from './studio-db/index.js'
import type { Drafts } from './writing/index.js'

/** What handlers work with: the features of one running studio. */
export interface Services {
  readonly options: StudioOptions
  readonly db: StudioDb
  readonly events: Events
  readonly settings: SettingsOfStudio
  readonly people: People
  readonly projects: OpenProjects
  readonly drafts: Drafts
  readonly queue: Queue
  readonly engines: Engines
  readonly models: Models
  readonly search: { readonly index: SearchIndex; readonly follower: SearchFollower; readonly meaning: Meaning }
  readonly imaging: Imaging
  readonly assets: Assets
  /** Says that an item or folder changed, and that there is something to undo. */
  publishItem(project: string, item: FactId): void
}
