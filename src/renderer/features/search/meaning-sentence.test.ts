import { expect, test } from 'vitest'
import { formatShare } from '../../format/share.js'
import { meaningSentence } from './meaning-sentence.js'

test('it is said why not everything is found by meaning, and nothing where everything is', () => {
  expect(meaningSentence({ state: 'ready', share: 1, waits: null })).toBeNull()
  expect(meaningSentence({ state: 'reading', share: 0.4, waits: null })).toBe('Read for search by meaning so far: 40%. More may be found when it is done.')
  expect(meaningSentence({ state: 'reading', share: 0.4, waits: 'jobs' })).toContain('makes way')
  expect(meaningSentence({ state: 'reading', share: 0.4, waits: 'memory' })).toContain('free memory')
  expect(meaningSentence({ state: 'missing', share: 0, waits: null })).toContain('missing')
  expect(meaningSentence({ state: 'failed', share: 0, waits: null })).toContain('does not run')
  expect(meaningSentence({ state: 'off', share: 0, waits: null })).toContain('switched off')
})

test('a part is never said to be the whole', () => {
  expect([0, 0.004, 0.4, 0.999, 1, 2].map(formatShare)).toEqual(['0%', '0%', '40%', '99%', '100%', '100%'])
})
