import { StudioError } from '../../../contract/index.js'
import type { ModelFolder } from '../folder/model-folder.js'
import { ddim } from './ddim.js'
import { dpmpp2m } from './dpmpp-2m.js'
import { euler } from './euler.js'
import { flowMatchEuler } from './flow-match-euler.js'
import { lcm } from './lcm.js'
import type { Scheduler, SchedulerRequest } from './scheduler.js'

export type { Scheduler } from './scheduler.js'

const DIFFUSION: Record<string, (request: SchedulerRequest) => Scheduler> = { euler, ddim, 'dpm++ 2m': dpmpp2m, lcm }

/** Words that the folder's `scheduler_config.json` uses for the equally spaced grid. */
const EQUAL_STEPS = 'equal steps from 1 to 0'

/** Names of the samplers that a model can use, its own first. */
export function samplersOf(folder: ModelFolder): string[] {
  if (folder.kind === 'flow') return ['flow euler']
  const own = folder.scheduler._class_name
  const first = /^LCM/.test(own) ? 'lcm' : /^DDIM|^PNDM/.test(own) ? 'ddim' : /^DPMSolverMultistep/.test(own) ? 'dpm++ 2m' : 'euler'
  // A distilled network answers rightly to its own sampler alone.
  if (first === 'lcm') return ['lcm']
  return [first, ...['euler', 'ddim', 'dpm++ 2m'].filter((name) => name !== first)]
}

/** A new scheduler for one picture. Error: `not-supported` for a sampler or schedule that the model cannot use. */
export function createScheduler(folder: ModelFolder, sampler: string, steps: number, strength: number): Scheduler {
  if (!samplersOf(folder).includes(sampler)) throw new StudioError('not-supported', { detail: `sampler ${sampler} with ${folder.pipeline}` })
  const { scheduler: configuration } = folder
  if (configuration.use_dynamic_shifting) throw new StudioError('not-supported', { detail: 'dynamic shifting' })
  const request = { steps, configuration, strength, equalSteps: configuration.sigmas === EQUAL_STEPS || folder.pipeline === 'StarterIconPipeline' }
  return folder.kind === 'flow' ? flowMatchEuler(request) : DIFFUSION[sampler]!(request)
}

/**
 * Which step image-to-image starts at: the grid stays that of a whole picture, and the steps before are left out. A
 * latent consistency model lays its whole grid below the strength instead. Strength 0 leaves nothing to do.
 */
export function firstStep(sampler: string, steps: number, strength: number): number {
  if (sampler === 'lcm') return strength === 0 ? steps : 0
  return Math.floor(Math.max(steps - Math.min(steps * strength, steps), 0))
}
