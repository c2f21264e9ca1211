import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, variants } from './arbitrary.js'
import { applyChanges, changesBetween, mapThroughDiff } from './changes.js'
import { fromMarkdown } from './markdown-read.js'
import { toPlainText, wordsBetween } from './plain.js'

const pairs = (shape = { empty: true }) => documents(shape).chain((old) => fc.tuple(fc.constant(old), variants(old, shape)))

describe('changes between two texts', () => {
  it('make the new text exactly of the old one', () => {
    fc.assert(fc.property(pairs(), fc.boolean(), fc.boolean(), ([old, fresh], joined, nested) => {
      const made = applyChanges(old, changesBetween(old, fresh, { compareMarks: true, joined, nested }))
      expect(made.toJSON()).toEqual(fresh.toJSON())
    }), { numRuns: 300 })
  })

  it('leave a valid text whichever of them are applied', () => {
    fc.assert(fc.property(pairs(), fc.infiniteStream(fc.boolean()), ([old, fresh], coins) => {
      const some = changesBetween(old, fresh, { compareMarks: true }).filter(() => coins.next().value)
      applyChanges(old, some).check()
    }), { numRuns: 200 })
  })

  it('make the new words where marks are not compared, and lie in order without overlaps', () => {
    fc.assert(fc.property(pairs(), ([old, fresh]) => {
      const changes = changesBetween(old, fresh, { compareMarks: false })
      changes.forEach((change, index) => expect(change.from).toBeGreaterThanOrEqual(changes[index - 1]?.to ?? 0))
      expect(toPlainText(applyChanges(old, changes))).toBe(toPlainText(fresh))
    }), { numRuns: 200 })
  })

  it('are none between equal texts', () => {
    fc.assert(fc.property(documents({ empty: true }), (doc) => { expect(changesBetween(doc, doc, { compareMarks: true })).toEqual([]) }))
  })

  it('name the words that changed, and join two changes with one word between', () => {
    const old = fromMarkdown('The quick fox jumps over the lazy dog near the old mill.')
    const fresh = fromMarkdown('The slow fox crawls over the lazy dog near the new mill.')
    const changes = changesBetween(old, fresh, { compareMarks: true })
    expect(changes.map((change) => [wordsBetween(old, change.from, change.to), change.content.textBetween(0, change.content.size)])).toEqual([
      ['quick fox jumps', 'slow fox crawls'], ['old', 'new'],
    ])
  })

  it('keep the look of words that stay, and give it to those that take their place', () => {
    const old = fromMarkdown('A **very bold** claim about [ink](https://example.org) here')
    const fresh = fromMarkdown('A very brave claim about ink there')
    const made = applyChanges(old, changesBetween(old, fresh, { compareMarks: false }))
    expect(made.toString()).toBe('doc(paragraph("A ", strong("very brave"), " claim about ", link("ink"), " there"))')
  })

  it('lead a position to the same words in the other text', () => {
    const old = fromMarkdown('First.\n\nThe proof is read twice.\n\nLast.')
    const fresh = fromMarkdown('Before.\n\nFirst.\n\nThe long proof is read twice.\n\nLast.')
    const at = 9 + 'The proof is '.length
    const mapped = mapThroughDiff(old, fresh).map(at, 1)
    expect(wordsBetween(old, at, at + 4)).toBe('read')
    expect(wordsBetween(fresh, mapped, mapped + 4)).toBe('read')
  })

  it('never lead a position out of the other text', () => {
    fc.assert(fc.property(pairs(), fc.nat(), ([old, fresh], seed) => {
      const mapped = mapThroughDiff(old, fresh).map(seed % (old.content.size + 1))
      expect(mapped).toBeLessThanOrEqual(fresh.content.size)
      expect(mapThroughDiff(old, fresh).map(old.content.size)).toBe(fresh.content.size)
    }), { numRuns: 100 })
  })
})
