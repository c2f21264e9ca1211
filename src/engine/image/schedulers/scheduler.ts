import type { SchedulerConfiguration } from '../folder/configuration.js'

/** One state of the loop: the sample to go on with, and the picture that the network expects at the end (for previews). */
export interface StepResult {
  readonly sample: Float32Array
  readonly expected: Float32Array
}

/**
 * A way from noise to a picture, in a fixed number of steps. Step numbers count from 0. Every method is pure but
 * `step`, which may remember the steps before it: make a new scheduler for each picture.
 */
export interface Scheduler {
  /** What the network is told at each step. */
  readonly timesteps: readonly number[]
  /** What unit noise is multiplied by before the first step of a picture from nothing. */
  readonly initialScale: number
  /** The sample as the network wants to see it. */
  scaleInput(sample: Float32Array, step: number): Float32Array
  /** Goes one step on. `noise` draws unit noise of the sample's length, for schedulers that add some at each step. */
  step(sample: Float32Array, output: Float32Array, step: number, noise: () => Float32Array): StepResult
  /** A finished sample with as much noise as there is before `step`: where image-to-image starts. */
  addNoise(original: Float32Array, noise: Float32Array, step: number): Float32Array
}

export interface SchedulerRequest {
  readonly steps: number
  readonly configuration: SchedulerConfiguration
  readonly equalSteps: boolean
  readonly strength: number
}

/** a·x + b·y, in 32-bit floats. */
export function combine(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  const sum = new Float32Array(x.length)
  for (let index = 0; index < sum.length; index++) sum[index] = a * x[index]! + b * y[index]!
  return sum
}

/** `count` equally spaced numbers from `first` to `last`, both included. */
export function linspace(first: number, last: number, count: number): number[] {
  if (count === 1) return [first]
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? last : first + ((last - first) * index) / (count - 1)))
}

/** Rounds halves to the even neighbour, as NumPy does. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
