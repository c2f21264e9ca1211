import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { numberedEvent } from '../events.js'
import { operation } from './base.js'

export const settings = z.object({
  /** The person at this computer; null until they said a name. */
  name: z.string().max(200).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'normal', 'roomy']),
  /** Folder in which new projects are made. */
  projectsFolder: z.string(),
  /** Folder of downloaded and added models. */
  modelsFolder: z.string(),
  /** Model used where a person did not choose another; null is the built-in one. */
  textModel: z.string().nullable(),
  imageModel: z.string().nullable(),
  /** Whether texts are read for search by meaning, in the background. */
  searchByMeaning: z.boolean(),
  /** Sizes of panes and what was open, written by the renderer and returned as it was. */
  layout: z.record(z.string(), z.json()),
})
export type Settings = z.infer<typeof settings>

const engineState = z.object({
  role: z.enum(['text', 'image', 'media']),
  state: z.enum(['stopped', 'starting', 'ready', 'busy', 'restarting', 'failed']),
  model: z.string().nullable(),
  residentBytes: z.number(),
  detail: z.string().nullable(),
})
export type EngineState = z.infer<typeof engineState>

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), next: z.string() })

export const system = {
  about: operation.output(z.object({
    version: z.string(), shell: z.enum(['desktop', 'browser', 'cli', 'test']), platform: z.string(), run: z.string(),
    /** How well this shell keeps the signing key. */
    keyStore: z.enum(['keychain', 'weak', 'file', 'none']),
  })),
  /** Numbered events as they happen, from the moment of the call. The first is always sent at once so that a gap is noticed. */
  events: operation.output(eventIterator(numberedEvent)),
  settings: operation.output(settings),
  changeSettings: operation.input(settings.partial()).output(settings),
  engines: operation.output(z.object({ engines: z.array(engineState), memory: z.object({ used: z.number(), allowed: z.number() }) })),
  doctor: operation.output(z.object({ checks: z.array(check) })),
  /** Folders and projects in a folder, for the chooser of a shell that has no dialogs of its own. */
  browse: operation
    .input(z.object({ path: z.string().max(4096).optional(), endings: z.array(z.string().max(16)).max(20) }))
    .output(z.object({ path: z.string(), parent: z.string().nullable(), folders: z.array(z.string()), files: z.array(z.object({ name: z.string(), size: z.number(), modified: z.number() })) })),
}
