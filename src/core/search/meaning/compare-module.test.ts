import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareModule } from './compare-module.js'
import { width } from './vector.js'

test('it is WebAssembly, and its sums are those of a plain loop for any numbers', () => {
  expect(WebAssembly.validate(compareModule)).toBe(true)
  const memory = new WebAssembly.Memory({ initial: 4 })
  const { compare } = new WebAssembly.Instance(new WebAssembly.Module(compareModule), { env: { memory } }).exports as { compare(...places: number[]): void }
  const results = 65_536
  const rows = 131_072
  const byte = fc.oneof(fc.constantFrom(-128, -127, 127, 0), fc.integer({ min: -128, max: 127 }))
  const vector = fc.array(byte, { minLength: width, maxLength: width })
  fc.assert(fc.property(vector, fc.array(vector, { minLength: 1, maxLength: 40 }), (wanted, vectors) => {
    new Int8Array(memory.buffer).set(wanted, 0)
    vectors.forEach((one, at) => new Int8Array(memory.buffer).set(one, rows + at * width))
    compare(vectors.length, rows, results, 0)
    expect([...new Int32Array(memory.buffer, results, vectors.length)]).toEqual(vectors.map((one) => one.reduce((sum, value, at) => sum + value * wanted[at]!, 0)))
  }), { numRuns: 60 })
})
