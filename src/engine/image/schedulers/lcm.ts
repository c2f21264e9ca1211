import { cumulativeAlphas, expectedPicture } from './diffusion.js'
import { combine, type Scheduler, type SchedulerRequest } from './scheduler.js'

/** Data scale of the consistency boundary condition, as in the paper and in diffusers. */
const DATA_SCALE = 0.5

/** Trained steps of a latent consistency model: `steps` of those that its teacher was distilled at, evenly skipped. */
export function lcmTimesteps({ steps, configuration, strength }: SchedulerRequest): number[] {
  const ratio = Math.floor(configuration.num_train_timesteps / configuration.original_inference_steps)
  const origin = Array.from({ length: Math.floor(configuration.original_inference_steps * strength) }, (_, index) => (index + 1) * ratio - 1).reverse()
  return Array.from({ length: steps }, (_, index) => origin[Math.floor((index * origin.length) / steps)]!)
}

/** Multistep consistency sampling (Luo et al. 2023): each step jumps to the picture and adds fresh noise for the next. */
export function lcm(request: SchedulerRequest): Scheduler {
  const { configuration } = request
  const alphas = cumulativeAlphas(configuration)
  const timesteps = lcmTimesteps(request)
  return {
    timesteps,
    initialScale: 1,
    scaleInput: (sample) => sample,
    step(sample, output, step, noise) {
      const alpha = alphas[timesteps[step]!]!
      const scaled = timesteps[step]! * configuration.timestep_scaling
      const keep = DATA_SCALE ** 2 / (scaled ** 2 + DATA_SCALE ** 2)
      const take = scaled / Math.sqrt(scaled ** 2 + DATA_SCALE ** 2)
      const expected = combine(take, expectedPicture(sample, output, Math.sqrt(alpha), Math.sqrt(1 - alpha), configuration.prediction_type), keep, sample)
      if (step === timesteps.length - 1) return { sample: expected, expected }
      const next = alphas[timesteps[step + 1]!]!
      return { sample: combine(Math.sqrt(next), expected, Math.sqrt(1 - next), noise()), expected }
    },
    addNoise: (original, noise, step) => {
      const alpha = alphas[timesteps[step]!]!
      return combine(Math.sqrt(alpha), original, Math.sqrt(1 - alpha), noise)
    },
  }
}
