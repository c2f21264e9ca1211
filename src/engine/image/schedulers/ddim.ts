import { cumulativeAlphas, expectedPicture, spacedTimesteps } from './diffusion.js'
import { combine, type Scheduler, type SchedulerRequest } from './scheduler.js'

/** DDIM without added noise (η = 0; Song et al. 2021, equation 12). */
export function ddim(request: SchedulerRequest): Scheduler {
  const { configuration, steps } = request
  const alphas = cumulativeAlphas(configuration)
  const timesteps = spacedTimesteps(steps, configuration, 'leading')
  const stride = Math.floor(configuration.num_train_timesteps / steps)
  const last = configuration.set_alpha_to_one ? 1 : alphas[0]!
  const clip = configuration.clip_sample ?? true
  return {
    timesteps,
    initialScale: 1,
    scaleInput: (sample) => sample,
    step(sample, output, step) {
      const now = alphas[timesteps[step]!]!
      const earlier = timesteps[step]! - stride
      const next = earlier >= 0 ? alphas[earlier]! : last
      const expected = expectedPicture(sample, output, Math.sqrt(now), Math.sqrt(1 - now), configuration.prediction_type)
      const noise = combine(1 / Math.sqrt(1 - now), sample, -Math.sqrt(now) / Math.sqrt(1 - now), expected)
      // diffusers clips the picture but keeps the noise that the network said.
      if (clip) for (let index = 0; index < expected.length; index++) expected[index] = Math.min(Math.max(expected[index]!, -1), 1)
      return { sample: combine(Math.sqrt(next), expected, Math.sqrt(1 - next), noise), expected }
    },
    addNoise: (original, noise, step) => {
      const now = alphas[timesteps[step]!]!
      return combine(Math.sqrt(now), original, Math.sqrt(1 - now), noise)
    },
  }
}
