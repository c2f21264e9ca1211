import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, parts, rank, rankAlso } from './match.js'

describe('finding by words', () => {
  test('words match anywhere and in any order', () => {
    expect(match('Spread 2, the lamp', 'lamp spread')).not.toBeNull()
    expect(match('Spread 2, the lamp', 'lamp moon')).toBeNull()
  })

  test('a name that begins with the words comes first', () => {
    expect(['The letter', 'Letter', 'Newsletter'].sort((a, b) => rank(b, 'let') - rank(a, 'let'))).toEqual(['Letter', 'The letter', 'Newsletter'])
  })

  test('a command is found by its other names, after those that are called so', () => {
    expect(rankAlso('New text', 'write a story', 'write')).toBeGreaterThanOrEqual(0)
    expect(rankAlso('New text', 'write a story', 'write')).toBeLessThan(rankAlso('Rewrite', null, 'write'))
    expect(rankAlso('New text', 'write a story', 'paint')).toBe(-1)
    expect(rankAlso('New text', null, 'write')).toBe(-1)
  })

  test('marking what matched never changes the name', () => {
    fc.assert(fc.property(fc.string(), fc.string({ maxLength: 6 }), (name, query) => {
      expect(parts(name, query).map((part) => part.text).join('')).toBe(name)
    }), { numRuns: 300 })
  })
})
