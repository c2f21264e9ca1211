import { expectedPicture, cumulativeAlphas } from './diffusion.js'
import { combine, linspace, roundHalfEven, type Scheduler, type SchedulerRequest } from './scheduler.js'
import type { SchedulerConfiguration } from '../folder/configuration.js'

/** The solver's spacings differ from those of Euler and DDIM: one point more is laid out, and the last dropped. */
function solverTimesteps(steps: number, configuration: SchedulerConfiguration): number[] {
  const trained = configuration.num_train_timesteps
  const spacing = configuration.timestep_spacing ?? 'linspace'
  if (spacing === 'leading') {
    const ratio = Math.floor(trained / (steps + 1))
    return Array.from({ length: steps }, (_, index) => (steps - index) * ratio + configuration.steps_offset)
  }
  if (spacing === 'trailing') return Array.from({ length: steps }, (_, index) => roundHalfEven(trained - index * (trained / steps)) - 1)
  return linspace(0, trained - 1, steps + 1)
    .map(roundHalfEven)
    .reverse()
    .slice(0, -1)
}

/** DPM-Solver++ of second order, multistep, midpoint (Lu et al. 2022), the last step of first order and down to no noise at all. */
export function dpmpp2m(request: SchedulerRequest): Scheduler {
  const alphas = cumulativeAlphas(request.configuration)
  const timesteps = solverTimesteps(request.steps, request.configuration)
  const states = [...timesteps.map((timestep) => alphas[timestep]!), 1].map((alpha) => ({ picture: Math.sqrt(alpha), noise: Math.sqrt(1 - alpha) }))
  const logRatio = (step: number): number => Math.log(states[step]!.picture) - Math.log(states[step]!.noise)
  let before: Float32Array | null = null
  return {
    timesteps,
    initialScale: 1,
    scaleInput: (sample) => sample,
    step(sample, output, step) {
      const [now, next] = [states[step]!, states[step + 1]!]
      const expected = expectedPicture(sample, output, now.picture, now.noise, request.configuration.prediction_type)
      const final = step === timesteps.length - 1
      const h = final ? Infinity : logRatio(step + 1) - logRatio(step)
      const factor = -next.picture * Math.expm1(-h)
      let target = expected
      if (before && !final) {
        const r = (logRatio(step) - logRatio(step - 1)) / h
        target = combine(1 + 1 / (2 * r), expected, -1 / (2 * r), before)
      }
      before = expected
      return { sample: combine(next.noise / now.noise, sample, factor, target), expected }
    },
    addNoise: (original, noise, step) => combine(states[step]!.picture, original, states[step]!.noise, noise),
  }
}
