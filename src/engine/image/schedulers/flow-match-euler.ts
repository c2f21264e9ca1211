import { combine, linspace, type Scheduler, type SchedulerRequest } from './scheduler.js'

/** Later steps are spent on larger noise the larger the shift is: s ↦ shift·s / (1 + (shift − 1)·s). */
const shifted = (sigma: number, shift: number): number => (shift * sigma) / (1 + (shift - 1) * sigma)

/**
 * The noise levels of a flow model, from 1 to 0, one more than there are steps. `equalSteps`: 1, 1 − 1/steps, …, 1/steps, 0.
 * Otherwise diffusers' default grid, equally spaced from the largest to the smallest *trained* level and then 0. That
 * grid passes through the shift twice (once for its ends, once for each point); models were published with it, so it stays.
 */
export function flowSigmas({ steps, configuration, equalSteps }: Pick<SchedulerRequest, 'steps' | 'configuration' | 'equalSteps'>): number[] {
  const { shift, num_train_timesteps: trained } = configuration
  const grid = equalSteps ? linspace(1, 1 / steps, steps) : linspace(shifted(1, shift), shifted(1 / trained, shift), steps)
  return [...grid.map((sigma) => shifted(sigma, shift)), 0]
}

/** Euler steps along the velocity (noise − data) that a flow model gives; timestep = trained steps · sigma. */
export function flowMatchEuler(request: SchedulerRequest): Scheduler {
  const sigmas = flowSigmas(request)
  const trained = request.configuration.num_train_timesteps
  return {
    timesteps: sigmas.slice(0, -1).map((sigma) => sigma * trained),
    initialScale: 1,
    scaleInput: (sample) => sample,
    step: (sample, velocity, step) => ({
      sample: combine(1, sample, sigmas[step + 1]! - sigmas[step]!, velocity),
      expected: combine(1, sample, -sigmas[step]!, velocity),
    }),
    addNoise: (original, noise, step) => combine(1 - sigmas[step]!, original, sigmas[step]!, noise),
  }
}
