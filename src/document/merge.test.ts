import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import { documents, variants } from './arbitrary.js'
import { fromMarkdown } from './markdown-read.js'
import { toMarkdown } from './markdown-write.js'
import { mergeTexts, resolveMerge, type Pick } from './merge.js'
import { toPlainText } from './plain.js'
import { schema } from './schema.js'

const pair = documents({ empty: true }).chain((ancestor) => fc.tuple(fc.constant(ancestor), variants(ancestor, { empty: true })))
const triple = documents({ empty: true }).chain((ancestor) => {
  const side = variants(ancestor, { empty: true })
  return fc.tuple(fc.constant(ancestor), side, side)
})
const picks = fc.infiniteStream(fc.constantFrom<Pick>('a', 'b', 'both', 'ancestor'))

function typeInto(doc: Node, seed: number, character: string): Node {
  const $at = doc.resolve(seed % (doc.content.size + 1))
  return $at.parent.isTextblock ? new Transform(doc).insert($at.pos, schema.text(character)).doc : doc
}

describe('[MERGE1] combining two heads of a text', () => {
  it('of equal content gives that content, without conflicts', () => {
    fc.assert(fc.property(pair, ([ancestor, a]) => {
      const result = mergeTexts(ancestor, a, a)
      expect(result.conflicts).toEqual([])
      expect(result.doc.toJSON()).toEqual(a.toJSON())
    }), { numRuns: 150 })
  })

  it('where only one side changed gives that side', () => {
    fc.assert(fc.property(pair, ([ancestor, a]) => {
      for (const result of [mergeTexts(ancestor, a, ancestor), mergeTexts(ancestor, ancestor, a)]) {
        expect(result.conflicts).toEqual([])
        expect(result.doc.toJSON()).toEqual(a.toJSON())
      }
    }), { numRuns: 150 })
  })

  it('takes the words beside a conflict into it, so that a phrase is picked as one', () => {
    const ancestor = fromMarkdown('so that the light just touched her feet.')
    const result = mergeTexts(ancestor, fromMarkdown('so that half of her was lit and half was weather.'), fromMarkdown('so that the light only just reached her.'))
    expect(result.conflicts).toHaveLength(1)
    expect(result.conflicts[0]).toMatchObject({ a: 'half of her was lit and half was weather', ancestor: 'the light just touched her feet' })
    expect(toPlainText(resolveMerge(result, ['b'])).trim()).toBe('so that the light only just reached her.')
  })

  it('leaves words apart that each side changed in its own place', () => {
    const ancestor = fromMarkdown('A crab went by on business, and the lamps said yes.')
    const result = mergeTexts(ancestor, fromMarkdown('A crab went past on business, and the lamps said yes.'), fromMarkdown('A crab went by on business, and the lamps said no.'))
    expect(result.conflicts).toEqual([])
    expect(toPlainText(result.doc).trim()).toBe('A crab went past on business, and the lamps said no.')
  })

  it('gives a valid text whatever is picked', () => {
    fc.assert(fc.property(triple, picks, ([ancestor, a, b], stream) => {
      const result = mergeTexts(ancestor, a, b)
      result.doc.check()
      const chosen = result.conflicts.map(() => stream.next().value as Pick)
      resolveMerge(result, chosen).check()
      for (const segment of result.segments) expect(segment.from <= segment.to && segment.to <= result.doc.content.size).toBe(true)
    }), { numRuns: 300 })
  })

  it('loses nothing that either side put in, until somebody picks', () => {
    fc.assert(fc.property(triple, fc.nat(), fc.nat(), ([ancestor, a, b], one, two) => {
      const [mine, yours] = [typeInto(a, one, '\ue001'), typeInto(b, two, '\ue002')]
      const merged = toPlainText(mergeTexts(ancestor, mine, yours).doc)
      if (mine !== a) expect(merged).toContain('\ue001')
      if (yours !== b) expect(merged).toContain('\ue002')
    }), { numRuns: 300 })
  })

  it('finds the same conflicts from both sides', () => {
    fc.assert(fc.property(triple, ([ancestor, a, b]) => {
      const turned = mergeTexts(ancestor, b, a).conflicts.map((conflict) => ({ ...conflict, a: conflict.b, b: conflict.a }))
      expect(turned).toEqual(mergeTexts(ancestor, a, b).conflicts)
    }), { numRuns: 150 })
  })

  const ancestor = fromMarkdown('The proof is read once by one person.\n\nInk is black.\n\n- one\n- two\n- three')

  it('takes changes at different places from both', () => {
    const a = fromMarkdown('The proof is read twice by one person.\n\nInk is black.\n\n- one\n- two\n- three\n- four')
    const b = fromMarkdown('The proof is read once by one careful person.\n\nInk is black.\n\nPaper is white.\n\n- one\n- three')
    const result = mergeTexts(ancestor, a, b)
    expect(result.conflicts).toEqual([])
    expect(toMarkdown(result.doc)).toBe('The proof is read twice by one careful person.\n\nInk is black.\n\nPaper is white.\n\n- one\n- three\n- four')
    expect(result.segments.map((segment) => segment.kind)).toEqual(['a', 'b', 'b', 'b', 'a'])
  })

  it('keeps both sides where both changed the same words, until one is picked', () => {
    const a = fromMarkdown('The proof is read twice by one person.\n\nInk is black.\n\n- one\n- two\n- three')
    const b = fromMarkdown('The proof is read never by one person.\n\nInk is blue.\n\n- one\n- two\n- three')
    const result = mergeTexts(ancestor, a, b)
    expect(result.conflicts).toEqual([{ index: 0, ancestor: 'once', a: 'twice', b: 'never' }])
    const first = (picks: Pick[]) => toMarkdown(resolveMerge(result, picks)).split('\n')[0]
    expect(toMarkdown(result.doc)).toContain('read twice never by one person.\n\nInk is blue.')
    expect([first(['a']), first(['b']), first(['ancestor']), first(['both']), first([])]).toEqual(
      ['twice', 'never', 'once', 'twice never', 'twice never'].map((word) => `The proof is read ${word} by one person.`))
    const { sides } = result.segments.find((segment) => segment.kind === 'conflict')!
    expect([sides!.a, sides!.b].map((range) => result.doc.textBetween(range.from, range.to))).toEqual(['twice', 'never'])
    expect(() => resolveMerge(result, new Map([[1, 'a' as const]]))).toThrow('bad-input')
  })

  it('shows a paragraph that one side removed and the other changed as a conflict', () => {
    const a = fromMarkdown('The proof is read once by one person.\n\n- one\n- two\n- three')
    const b = fromMarkdown('The proof is read once by one person.\n\nInk is red and black.\n\n- one\n- two\n- three')
    const result = mergeTexts(ancestor, a, b)
    expect(result.conflicts).toEqual([{ index: 0, ancestor: 'Ink is black.', a: '', b: 'Ink is red and black.' }])
  })

  it('brings in the new paragraphs of both at one place, equal ones once', () => {
    const result = mergeTexts(fromMarkdown('x'), fromMarkdown('x\n\nMine.\n\nShared.'), fromMarkdown('x\n\nShared.\n\nYours.'))
    expect(result.conflicts).toEqual([])
    expect(toMarkdown(result.doc)).toBe('x\n\nMine.\n\nShared.\n\nYours.')
  })

  it('is a whole-list conflict where the sides together would leave a list without items', () => {
    const result = mergeTexts(fromMarkdown('x\n\n- one\n- two'), fromMarkdown('x\n\n- two'), fromMarkdown('x\n\n- one'))
    expect(result.conflicts).toHaveLength(1)
    expect(toMarkdown(resolveMerge(result, ['b']))).toBe('x\n\n- one')
  })

  it('is an empty text where the sides together removed everything', () => {
    expect(mergeTexts(fromMarkdown('one\n\ntwo'), fromMarkdown('two'), fromMarkdown('one')).doc.toString()).toBe('doc(paragraph)')
  })
})
