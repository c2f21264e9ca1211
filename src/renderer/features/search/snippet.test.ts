import { expect, test } from 'vitest'
import { shortenLead, snippetParts } from './snippet.js'

test('a found passage is split at the marks of what was found', () => {
  expect(snippetParts('The \u2068heron\u2069 and the \u2068lamp\u2069.')).toEqual([
    { text: 'The ', isMatch: false }, { text: 'heron', isMatch: true }, { text: ' and the ', isMatch: false }, { text: 'lamp', isMatch: true }, { text: '.', isMatch: false },
  ])
  expect(snippetParts('No mark')).toEqual([{ text: 'No mark', isMatch: false }])
})

test('a passage begins shortly before the first thing found, at a word', () => {
  expect(shortenLead('The \u2068heron\u2069')).toBe('The \u2068heron\u2069')
  expect(shortenLead('She went down to the harbour in the morning and saw the \u2068heron\u2069 there')).toBe('…in the morning and saw the \u2068heron\u2069 there')
})
