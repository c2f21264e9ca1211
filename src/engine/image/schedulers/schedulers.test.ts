import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { schedulerConfiguration } from '../folder/configuration.js'
import { ddim } from './ddim.js'
import { dpmpp2m } from './dpmpp-2m.js'
import { euler } from './euler.js'
import { flowMatchEuler, flowSigmas } from './flow-match-euler.js'
import { firstStep } from './index.js'
import { lcm } from './lcm.js'
import { combine, roundHalfEven } from './scheduler.js'

interface Case {
  name: string
  sampler: string
  steps: number
  strength: number
  equalSteps: boolean
  configuration: Record<string, unknown>
  timesteps: number[]
  states: number[][]
  initialScale: number
  noises?: number[][]
  sigmas?: number[]
  noised: { step: number; values: number[] }
}
const expected = JSON.parse(readFileSync(new URL('../testing/expected-schedules.json', import.meta.url), 'utf8')) as {
  sample: number[]
  original: number[]
  cases: Case[]
}
const makers: Record<string, typeof euler> = { 'flow euler': flowMatchEuler, euler, ddim, 'dpm++ 2m': dpmpp2m, lcm }

/** Stands in for the network; the same function as in testing/expected-schedules.py. */
const fixedAnswer = (sample: Float32Array, timestep: number): Float32Array =>
  sample.map((value, index) => 0.5 * value - 0.1 * Math.sin(timestep / 100) + 0.05 * index)

function expectClose(actual: Iterable<number>, wanted: readonly number[], share = 2e-5): void {
  const numbers = [...actual]
  expect(numbers).toHaveLength(wanted.length)
  wanted.forEach((value, index) =>
    expect(Math.abs(numbers[index]! - value), `number ${index}: ${numbers[index]} for ${value}`).toBeLessThanOrEqual(share * (1 + Math.abs(value))),
  )
}

describe('schedulers agree with diffusers 0.42.1', () => {
  for (const entry of expected.cases) {
    test(entry.name, () => {
      const scheduler = makers[entry.sampler]!({
        steps: entry.steps,
        strength: entry.strength,
        equalSteps: entry.equalSteps,
        configuration: schedulerConfiguration.parse(entry.configuration),
      })
      expectClose(scheduler.timesteps, entry.timesteps)
      expectClose([scheduler.initialScale], [entry.initialScale])
      const start = Float32Array.from(expected.sample)
      let sample = combine(scheduler.initialScale, start, 0, start)
      for (let step = 0; step < entry.steps; step++) {
        const answer = fixedAnswer(scheduler.scaleInput(sample, step), scheduler.timesteps[step]!)
        sample = scheduler.step(sample, answer, step, () => Float32Array.from(entry.noises![step]!)).sample
        expectClose(sample, entry.states[step]!)
      }
      expectClose(scheduler.addNoise(Float32Array.from(expected.original), start, entry.noised.step), entry.noised.values)
      if (entry.sampler === 'flow euler') {
        expectClose(
          flowSigmas({ steps: entry.steps, equalSteps: entry.equalSteps, configuration: schedulerConfiguration.parse(entry.configuration) }),
          entry.sigmas!,
        )
      }
    })
  }
})

describe('flow grids', () => {
  const configuration = schedulerConfiguration.parse({ _class_name: 'FlowMatchEulerDiscreteScheduler' })
  test('four equal steps go from 1 to 0 by quarters', () => {
    expect(flowSigmas({ steps: 4, configuration, equalSteps: true })).toEqual([1, 0.75, 0.5, 0.25, 0])
  })
  test("diffusers' default grid of four ends at the smallest trained level before 0", () => {
    expectClose(flowSigmas({ steps: 4, configuration, equalSteps: false }), [1, 0.667, 0.334, 0.001, 0], 1e-9)
  })
  test('with the exact velocity, any number of steps ends at the picture and every step expects it', () => {
    const data = Float32Array.from([0.5, -1, 2])
    const noise = Float32Array.from([1, 1, -1])
    const scheduler = flowMatchEuler({ steps: 7, configuration, equalSteps: true, strength: 1 })
    let sample: Float32Array = noise
    for (let step = 0; step < 7; step++) {
      const result = scheduler.step(sample, combine(1, noise, -1, data), step, () => noise)
      expectClose(result.expected, [...data], 1e-6)
      sample = result.sample
    }
    expectClose(sample, [...data], 1e-6)
  })
})

describe('starting from a picture', () => {
  test('strength 1 runs every step, 0 none, and between them the later share of the grid', () => {
    expect([1, 0.6, 0.05, 0].map((strength) => firstStep('flow euler', 20, strength))).toEqual([0, 8, 19, 20])
  })
  test('a latent consistency model keeps all its steps below the strength', () => {
    expect(firstStep('lcm', 4, 0.6)).toBe(0)
    expect(lcm({ steps: 4, strength: 0.6, equalSteps: false, configuration: schedulerConfiguration.parse({}) }).timesteps[0]).toBe(599)
  })
})

test('halves are rounded to the even neighbour, as NumPy does', () => {
  expect([0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3])
})
