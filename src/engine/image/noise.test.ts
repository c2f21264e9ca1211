import { expect, test } from 'vitest'
import { normalNoise, philox, type Words } from './noise.js'

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ')

test("Philox gives the published known answers (Random123's kat_vectors, philox4x32 with 10 rounds)", () => {
  const all: Words = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]
  expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
  expect(hex(philox(all, [0xffffffff, 0xffffffff]))).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
  expect(hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toBe('d16cfe09 94fdcceb 5001e420 24126ea1')
})

test('a seed gives the same numbers for ever', () => {
  expect([...normalNoise(1, 0, 6)].map((value) => value.toFixed(6))).toEqual(['0.380401', '-0.296278', '-0.249233', '-1.003837', '0.626948', '-0.633984'])
  expect([...normalNoise(2 ** 40 + 1, 3, 2)].map((value) => value.toFixed(6))).toEqual(['-0.439544', '-0.475043'])
})

test('a shorter draw is the beginning of a longer one', () => {
  expect([...normalNoise(7, 0, 5)]).toEqual([...normalNoise(7, 0, 4096).subarray(0, 5)])
})

test('seeds that differ only above 32 bits, and streams of one seed, share nothing', () => {
  const first = normalNoise(5, 0, 64)
  for (const other of [normalNoise(5 + 2 ** 32, 0, 64), normalNoise(5, 1, 64), normalNoise(6, 0, 64)]) {
    expect(other.filter((value, index) => value === first[index])).toHaveLength(0)
  }
})

test('the numbers are normal: mean 0, variance 1, kurtosis 3', () => {
  const noise = normalNoise(42, 0, 200_000)
  const moment = (power: number): number => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length
  expect(Math.abs(moment(1))).toBeLessThan(0.01)
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02)
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1)
})

test('a seed that is no integer from 0 on is refused', () => {
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => normalNoise(seed, 0, 1)).toThrow(RangeError)
})
