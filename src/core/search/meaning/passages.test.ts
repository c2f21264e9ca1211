import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfPassage, ofTitle, passagesOf, passagesOfDocument } from './passages.js'

const sentence = (word: string): string => `The ${word} lay in the morning light and nobody had thought of moving it before noon.`
const texts = (body: string): string[] => passagesOf(body).map(({ text }) => text)

test('a paragraph is a passage, and a heading goes with the paragraph under it', () => {
  const [boats, cows] = [sentence('boat').repeat(2), sentence('cow').repeat(2)]
  expect(texts(`The harbour\n\n${boats}\n\n${cows}`)).toEqual([`The harbour ${boats}`, cows])
})

test('a long paragraph is cut where sentences end', () => {
  const passages = texts(Array.from({ length: 20 }, (_, number) => sentence(`boat ${number}`)).join(' '))
  expect(passages.length).toBeGreaterThan(3)
  for (const passage of passages) {
    expect(passage.length).toBeLessThanOrEqual(480)
    expect(passage).toMatch(/^The boat .* noon\.$/)
  }
})

test('short lines are read together, and what has no words is not read', () => {
  expect(texts('“Yes.”\n\n“No.”\n\n* * *')).toEqual(['“Yes.” “No.” * * *'])
  expect(texts('* * *')).toEqual([])
  expect(texts('')).toEqual([])
})

test('a change in one paragraph leaves the passages of the others as they were', () => {
  const paragraphs = Array.from({ length: 30 }, (_, number) => sentence(`boat ${number}`).repeat(1 + (number % 8)))
  const before = new Set(texts(paragraphs.join('\n\n')).map((text) => hashOfPassage(text).toString('hex')))
  paragraphs[12] = sentence('anchor').repeat(3)
  const added = texts(paragraphs.join('\n\n')).filter((text) => !before.has(hashOfPassage(text).toString('hex')))
  expect(added).toEqual([sentence('anchor').repeat(3)])
})

test('the title of a text is read by itself; that of a comment’s text is not read with the comment', () => {
  expect(passagesOfDocument({ place: 'text', title: 'Harbour', body: 'Boats.' })).toEqual([{ text: 'Harbour', start: ofTitle, length: 0 }, { text: 'Boats.', start: 0, length: 6 }])
  expect(passagesOfDocument({ place: 'comment', title: 'Harbour', body: 'Too long.' }).map(({ text }) => text)).toEqual(['Too long.'])
})

test('any text is cut into passages that stand where they say, in code points, one after the other', () => {
  const word = fc.oneof(fc.constantFrom('boat.', 'sea', '🙂', '𝒳', '港', '\n\n', '\n', 'don’t', 'e\u0301', '\ud800'), fc.string({ maxLength: 600 }))
  fc.assert(fc.property(fc.array(word, { maxLength: 60 }), (parts) => {
    const body = parts.join(' ')
    const points = [...body]
    let end = 0
    for (const { text, start, length } of passagesOf(body)) {
      expect(start).toBeGreaterThanOrEqual(end)
      expect(points.slice(start, start + length).join('').replace(/\s+/g, ' ').trim()).toBe(text)
      expect(text.length).toBeLessThanOrEqual(480)
      end = start + length
    }
  }), { numRuns: 300 })
})
