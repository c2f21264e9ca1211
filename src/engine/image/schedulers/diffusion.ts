import { StudioError } from '../../../contract/index.js'
import type { SchedulerConfiguration } from '../folder/configuration.js'
import { linspace, roundHalfEven } from './scheduler.js'

/** How much of the picture is left at each trained step: the product of (1 − β) up to it. */
export function cumulativeAlphas(configuration: SchedulerConfiguration): number[] {
  const { beta_start: start, beta_end: end, num_train_timesteps: trained, beta_schedule: schedule } = configuration
  if (schedule !== 'linear' && schedule !== 'scaled_linear') throw new StudioError('not-supported', { detail: `beta schedule ${schedule}` })
  const betas = schedule === 'linear' ? linspace(start, end, trained) : linspace(Math.sqrt(start), Math.sqrt(end), trained).map((root) => root * root)
  let product = 1
  return betas.map((beta) => (product *= 1 - beta))
}

/** Which trained steps are visited, from the noisiest on. `leading`, `linspace` and `trailing` are diffusers' spacings for Euler and DDIM. */
export function spacedTimesteps(steps: number, configuration: SchedulerConfiguration, fallback: string): number[] {
  const trained = configuration.num_train_timesteps
  const spacing = configuration.timestep_spacing ?? fallback
  if (spacing === 'linspace') return linspace(0, trained - 1, steps).reverse()
  if (spacing === 'leading') {
    const ratio = Math.floor(trained / steps)
    return Array.from({ length: steps }, (_, index) => (steps - 1 - index) * ratio + configuration.steps_offset)
  }
  if (spacing === 'trailing') return Array.from({ length: steps }, (_, index) => roundHalfEven(trained - index * (trained / steps)) - 1)
  throw new StudioError('not-supported', { detail: `timestep spacing ${spacing}` })
}

/** The network's output and sample turned into what it expects at the end, given how much picture (α) and noise (σ) the sample holds, α² + σ² = 1. */
export function expectedPicture(sample: Float32Array, output: Float32Array, alpha: number, sigma: number, prediction: string): Float32Array {
  const expected = new Float32Array(sample.length)
  if (prediction === 'epsilon') for (let index = 0; index < expected.length; index++) expected[index] = (sample[index]! - sigma * output[index]!) / alpha
  else if (prediction === 'v_prediction')
    for (let index = 0; index < expected.length; index++) expected[index] = alpha * sample[index]! - sigma * output[index]!
  else if (prediction === 'sample') expected.set(output)
  else throw new StudioError('not-supported', { detail: `prediction type ${prediction}` })
  return expected
}
