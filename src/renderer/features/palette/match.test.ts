import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, parts, rank } from './match.js'

describe('finding by words', () => {
  test('words match anywhere and in any order', () => {
    expect(match('Spread 2, the lamp', 'lamp spread')).not.toBeNull()
    expect(match('Spread 2, the lamp', 'lamp moon')).toBeNull()
  })

  test('a name that begins with the words comes first', () => {
    expect(['The letter', 'Letter', 'Newsletter'].sort((a, b) => rank(b, 'let') - rank(a, 'let'))).toEqual(['Letter', 'The letter', 'Newsletter'])
  })

  test('marking what matched never changes the name', () => {
    fc.assert(fc.property(fc.string(), fc.string({ maxLength: 6 }), (name, query) => {
      expect(parts(name, query).map((part) => part.text).join('')).toBe(name)
    }), { numRuns: 300 })
  })
})
