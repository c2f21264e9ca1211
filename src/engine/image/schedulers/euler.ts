import { cumulativeAlphas, expectedPicture, spacedTimesteps } from './diffusion.js'
import { combine, type Scheduler, type SchedulerRequest } from './scheduler.js'

/** σ at a fractional trained step, by straight lines between the whole ones. */
function interpolate(values: readonly number[], at: number): number {
  const low = Math.min(Math.floor(at), values.length - 1)
  const high = Math.min(low + 1, values.length - 1)
  return values[low]! + (values[high]! - values[low]!) * (at - low)
}

/** Karras et al. 2022, equation 5, ρ = 7: denser towards little noise. */
function karras(largest: number, smallest: number, steps: number): number[] {
  const [from, to] = [largest ** (1 / 7), smallest ** (1 / 7)]
  return Array.from({ length: steps }, (_, index) => (from + (steps === 1 ? 0 : index / (steps - 1)) * (to - from)) ** 7)
}

/** The trained step whose σ this is, found between the logarithms of its neighbours. */
function timestepOf(sigma: number, logarithms: readonly number[]): number {
  const wanted = Math.log(Math.max(sigma, 1e-10))
  let low = logarithms.findLastIndex((value) => value <= wanted)
  low = Math.min(Math.max(low, 0), logarithms.length - 2)
  const share = (logarithms[low]! - wanted) / (logarithms[low]! - logarithms[low + 1]!)
  return low + Math.min(Math.max(share, 0), 1)
}

/** Noise levels σ = noise / picture of a discrete diffusion model, ending in 0, with the trained steps that they belong to. */
export function diffusionSigmas(request: SchedulerRequest, spacing: string): { sigmas: number[]; timesteps: number[] } {
  const all = cumulativeAlphas(request.configuration).map((alpha) => Math.sqrt((1 - alpha) / alpha))
  let timesteps = spacedTimesteps(request.steps, request.configuration, spacing)
  let sigmas = timesteps.map((timestep) => interpolate(all, timestep))
  if (request.configuration.use_karras_sigmas) {
    sigmas = karras(sigmas[0]!, sigmas.at(-1)!, request.steps)
    const logarithms = all.map(Math.log)
    timesteps = sigmas.map((sigma) => timestepOf(sigma, logarithms))
  }
  return { sigmas: [...sigmas, 0], timesteps }
}

/** Euler's method on the probability flow of a discrete diffusion model (diffusers' EulerDiscreteScheduler without churn). */
export function euler(request: SchedulerRequest): Scheduler {
  const { sigmas, timesteps } = diffusionSigmas(request, 'linspace')
  const prediction = request.configuration.prediction_type
  const leading = request.configuration.timestep_spacing === 'leading'
  return {
    timesteps,
    initialScale: leading ? Math.sqrt(sigmas[0]! ** 2 + 1) : sigmas[0]!,
    scaleInput: (sample, step) => combine(1 / Math.sqrt(sigmas[step]! ** 2 + 1), sample, 0, sample),
    step(sample, output, step) {
      const sigma = sigmas[step]!
      const scale = Math.sqrt(sigma * sigma + 1)
      const expected = expectedPicture(combine(1 / scale, sample, 0, sample), output, 1 / scale, sigma / scale, prediction)
      // x + (x − x0)/σ · (σ′ − σ)
      const share = sigmas[step + 1]! / sigma
      return { sample: combine(share, sample, 1 - share, expected), expected }
    },
    addNoise: (original, noise, step) => combine(1, original, sigmas[step]!, noise),
  }
}
