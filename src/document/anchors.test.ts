import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import { makeAnchor, resolveAnchor } from './anchors.js'
import { documents } from './arbitrary.js'
import { flatText } from './flat.js'
import { fromMarkdown } from './markdown-read.js'
import { wordsBetween } from './plain.js'
import { schema } from './schema.js'

const text = 'A galley proof is the print that people correct.\n\nNothing is published before it was read twice, by two people.\n\nInk costs money.'
const original = fromMarkdown(text)

function anchorOn(words: string, doc: Node = original) {
  const flat = flatText(doc)
  const at = flat.text.indexOf(words)
  return makeAnchor(doc, flat.positionAt(at), flat.positionAt(at + words.length))
}
const found = (doc: Node, range: { from: number; to: number } | null) => range && wordsBetween(doc, range.from, range.to)

describe('a comment on words', () => {
  it('keeps the words with what stands around them', () => {
    expect(anchorOn('read twice')).toMatchObject({
      type: 'words', quote: 'read twice', prefix: 'int that people correct.\nNothing is published before it was ', suffix: ', by two people.\nInk costs money.',
    })
  })

  it('stays on its words while steps are known, even where they change', () => {
    const anchor = anchorOn('published before')
    const typed = new Transform(original).insert(anchor.from + 3, schema.text('X')).insert(2, schema.text('more '))
    expect(found(typed.doc, resolveAnchor(anchor, { original, current: typed.doc, mapping: typed.mapping }))).toBe('pubXlished before')
  })

  it('is led to its words through the differences of two versions', () => {
    const current = fromMarkdown(`A new beginning.\n\n${text.replace('before it was', 'before it had been')}`)
    expect(found(current, resolveAnchor(anchorOn('read twice'), { original, current }))).toBe('read twice')
  })

  it('follows a paragraph that was moved', () => {
    const [first, second, third] = text.split('\n\n')
    const current = fromMarkdown([third, first, 'Something else stands here now instead.', second].join('\n\n'))
    expect(found(current, resolveAnchor(anchorOn('published before it was read'), { original, current }))).toBe('published before it was read')
  })

  it('finds words that are mostly the same where the version is not at hand', () => {
    const current = fromMarkdown('Preface.\n\nNothing gets published before it was read at least twice, by two people or more.')
    expect(found(current, resolveAnchor(anchorOn('Nothing is published before it was read twice, by two people'), { current })))
      .toBe('Nothing gets published before it was read at least twice, by two people')
  })

  it('is orphaned where its words are gone', () => {
    const anchor = anchorOn('Ink costs money')
    const current = fromMarkdown(text.replace('Ink costs money.', 'Paper is cheap here.'))
    expect(resolveAnchor(anchor, { original, current })).toBeNull()
    const deleted = new Transform(original).delete(anchor.from - 1, original.content.size)
    expect(resolveAnchor(anchor, { original, current: deleted.doc, mapping: deleted.mapping })).toBeNull()
  })

  it('on a common word is not taken for the same word somewhere else', () => {
    const anchor = anchorOn('is')
    expect(resolveAnchor(anchor, { current: fromMarkdown('Here is something quite different.') })).toBeNull()
  })

  it('is always resolved on the version it was written on, and never outside of the text', () => {
    fc.assert(fc.property(documents({ empty: true }), documents({ empty: true }), fc.nat(), fc.nat(), (doc, other, one, two) => {
      const [from, to] = [one % (doc.content.size + 1), two % (doc.content.size + 1)].sort((left, right) => left - right)
      const anchor = makeAnchor(doc, from!, to!)
      expect(resolveAnchor(anchor, { original: doc, current: doc })).toEqual({ from, to })
      const elsewhere = resolveAnchor(anchor, { original: doc, current: other })
      if (elsewhere) expect(elsewhere.from >= 0 && elsewhere.from <= elsewhere.to && elsewhere.to <= other.content.size).toBe(true)
      const quoted = resolveAnchor(anchor, { current: other })
      if (quoted) expect(quoted.from >= 0 && quoted.from <= quoted.to && quoted.to <= other.content.size).toBe(true)
    }), { numRuns: 200 })
  })

  it('has offsets and positions that lead to each other', () => {
    fc.assert(fc.property(documents({ empty: true }), (doc) => {
      const flat = flatText(doc)
      for (let offset = 0; offset <= flat.text.length; offset++) expect(flat.offsetAt(flat.positionAt(offset))).toBe(offset)
    }), { numRuns: 50 })
  })
})
