import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDecoder } from './decoder.js'
import { createEndings } from './endings.js'
import { createThoughts } from './thoughts.js'

/** A tokenizer whose tokens are bytes: every character beyond ASCII comes in several. */
const bytesModel = { detokenize: (tokens: readonly number[]) => Buffer.from(tokens).toString('utf8') } as never

describe('text that comes in tokens', () => {
  test('never shows a part of a character, and loses none', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const decoder = createDecoder(bytesModel, [])
      const shown: string[] = []
      for (const byte of Buffer.from(text, 'utf8')) shown.push(decoder.push(byte as never))
      shown.push(decoder.end())
      expect(shown.join('')).toBe(text.toWellFormed())
      if (!text.includes('\uFFFD')) for (const part of shown) expect(part).not.toContain('\uFFFD')
    }), { numRuns: 300 })
  })

  test('that is not UTF-8 at all is shown as it is after a while', () => {
    const decoder = createDecoder(bytesModel, [])
    const shown = Array.from({ length: 20 }, () => decoder.push(0xf0 as never)).join('') + decoder.end()
    expect(shown).toContain('\uFFFD')
  })
})

describe('words that end an answer', () => {
  test('are found wherever the text is cut, and nothing of them is shown', () => {
    fc.assert(fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), fc.array(fc.nat(40), { maxLength: 8 }), (before, after, cuts) => {
      fc.pre(!before.includes('<'))
      const whole = `${before}<|im_end|>${after}`
      const points = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort((one, other) => one - other)
      const endings = createEndings(['<|im_end|>', '### Human'])
      const shown = points.slice(1).map((point, index) => endings.push(whole.slice(points[index], point))).join('') + endings.rest()
      expect(shown).toBe(before)
      expect(endings.reached).toBe(true)
    }), { numRuns: 300 })
  })

  test('that only begin like an ending are shown in the end', () => {
    const endings = createEndings(['<|im_end|>'])
    expect(endings.push('a <|im')).toBe('a ')
    expect(endings.push('portant')).toBe('<|important')
    expect(endings.push(' <|')).toBe(' ')
    expect(endings.rest()).toBe('<|')
    expect(endings.reached).toBe(false)
  })
})

describe('thinking aloud', () => {
  const through = (whole: string, cuts: readonly number[]) => {
    const points = [...new Set([0, ...cuts.filter((cut) => cut < whole.length), whole.length])].sort((one, other) => one - other)
    const thoughts = createThoughts()
    return points.slice(1).map((point, index) => thoughts.push(whole.slice(points[index], point))).join('') + thoughts.rest()
  }
  const cuts = fc.array(fc.nat(60), { maxLength: 10 })

  test('at the beginning of an answer is not shown, however it is cut', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), cuts, (thought, points) => {
      fc.pre(!thought.includes('</think>'))
      expect(through(`\n<think>${thought}</think>\n\nThe text with <think> in it.`, points)).toBe('The text with <think> in it.')
    }), { numRuns: 300 })
  })

  test('is nothing that other answers have: they are shown as they are', () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), cuts, (text, points) => {
      fc.pre(!text.trimStart().startsWith('<think>'))
      expect(through(text, points)).toBe(text)
    }), { numRuns: 300 })
    expect(through('<thin', [2])).toBe('<thin')
  })

  test('that never ends hides all of it', () => {
    expect(through('<think>and on and on', [3, 9])).toBe('')
  })
})
