import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepOutside, latentMask, pasteOutside } from './mask.js'

const side = 8
const mask = fc.uint8Array({ minLength: side * side, maxLength: side * side })
const picture = fc.uint8Array({ minLength: side * side * 3, maxLength: side * side * 3 })

test('outside of the mask every byte is that of the source, inside that of the new picture, between them along soft edges', () => {
  fc.assert(fc.property(picture, picture, mask, (made, source, painted) => {
    const mixed = pasteOutside(made, source, painted)
    painted.forEach((share, pixel) => {
      for (let at = pixel * 3; at < pixel * 3 + 3; at++) {
        if (share === 0) expect(mixed[at]).toBe(source[at])
        else if (share === 255) expect(mixed[at]).toBe(made[at])
        else {
          expect(mixed[at]).toBeGreaterThanOrEqual(Math.min(made[at]!, source[at]!))
          expect(mixed[at]).toBeLessThanOrEqual(Math.max(made[at]!, source[at]!))
        }
      }
    })
  }))
})

test('a number of the latent is free where any pixel under it was painted', () => {
  const painted = new Uint8Array(side * side)
  painted[3 * side + 5] = 1
  const latent = latentMask(painted, side, side, 4)
  expect([...latent]).toEqual([0, 1, 0, 0])
  expect([...keepOutside(new Float32Array(8).fill(7), new Float32Array(8).fill(2), latent)]).toEqual([2, 7, 2, 2, 2, 7, 2, 2])
})
