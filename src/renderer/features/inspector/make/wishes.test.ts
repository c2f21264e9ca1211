import { describe, expect, test } from 'vitest'
import { drawSeed, estimate, placeOfWish } from './wishes.js'

describe('what is asked for', () => {
  test('a draft is always the whole text', () => {
    expect(placeOfWish({ operation: 'draft', on: 'selection' }, true)).toBe('text')
  })

  test('a rewrite is always of the selection', () => {
    expect(placeOfWish({ operation: 'rewrite', on: 'text' }, true)).toBe('selection')
    expect(placeOfWish({ operation: 'rewrite', on: null }, false)).toBe('selection')
  })

  test('an instruction takes the selection where there is one, unless the person chose the whole text', () => {
    expect(placeOfWish({ operation: 'instruct', on: null }, true)).toBe('selection')
    expect(placeOfWish({ operation: 'instruct', on: 'text' }, true)).toBe('text')
    expect(placeOfWish({ operation: 'instruct', on: 'selection' }, false)).toBe('text')
  })

  test('going on happens at the end unless the person chose the selection', () => {
    expect(placeOfWish({ operation: 'continue', on: null }, true)).toBe('text')
    expect(placeOfWish({ operation: 'continue', on: 'selection' }, true)).toBe('selection')
  })

  test('the time follows from the last speed, and is not guessed without one', () => {
    expect(estimate(420, { tokensPerSecond: 42, firstTokenMs: 500 })).toBe(10_500)
    expect(estimate(420, null)).toBeNull()
    expect(estimate(420, { tokensPerSecond: 0, firstTokenMs: 0 })).toBeNull()
  })

  test('seeds stay within what the contract allows', () => {
    for (let count = 0; count < 100; count++) expect(drawSeed()).toBeLessThan(2 ** 32)
  })
})
