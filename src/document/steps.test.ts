import fc from 'fast-check'
import { Fragment, Slice } from 'prosemirror-model'
import { AddMarkStep, ReplaceStep, Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import { documents } from './arbitrary.js'
import { fromMarkdown } from './markdown-read.js'
import { toPlainText } from './plain.js'
import { emptyDocument, schema } from './schema.js'
import { applySteps, changedRanges, insertedRanges, mapRange } from './steps.js'

const json = (transform: Transform) => transform.steps.map((step) => step.toJSON() as unknown)

describe('steps of an editor', () => {
  it('lead to the text that the editor has, and map positions there', () => {
    fc.assert(fc.property(documents({ empty: true }), fc.array(fc.nat(), { maxLength: 8 }), (doc, places) => {
      const transform = new Transform(doc)
      for (const place of places) {
        const $at = transform.doc.resolve(place % (transform.doc.content.size + 1))
        if ($at.parent.isTextblock) transform.insert($at.pos, schema.text('x'))
      }
      const result = applySteps(doc, json(transform))
      expect(result.doc.eq(transform.doc)).toBe(true)
      for (let position = 0; position <= doc.content.size; position++) expect(result.mapping.map(position)).toBe(transform.mapping.map(position))
    }))
  })

  it('are refused where they do not fit, and nothing is applied', () => {
    const doc = fromMarkdown('abc')
    const fits = new ReplaceStep(1, 1, new Slice(Fragment.from(schema.text('x')), 0, 0)).toJSON() as unknown
    for (const wrong of [null, {}, { stepType: 'replace', from: 1, to: 99 }, { stepType: 'no such' }, { stepType: 'replace', from: -1, to: 2 }]) {
      expect(() => applySteps(doc, [fits, wrong])).toThrow('bad-input')
    }
    expect(toPlainText(doc)).toBe('abc')
  })

  it('cannot bring in what no text may hold', () => {
    const doc = emptyDocument()
    const hidden = { stepType: 'replace', from: 0, to: 0, slice: { content: [{ type: 'blockquote', content: [{ type: 'bullet_list' }] }] } }
    const link = { stepType: 'addMark', from: 1, to: 2, mark: { type: 'link', attrs: { href: 'javascript:x' } } }
    expect(() => applySteps(doc, [hidden])).toThrow('bad-input')
    expect(() => applySteps(fromMarkdown('ab'), [link])).toThrow('bad-input')
    const level = (value: unknown) => ({ stepType: 'attr', pos: 0, attr: 'level', value })
    expect(() => applySteps(fromMarkdown('# ab'), [level(9)])).toThrow('bad-input')
    expect(applySteps(fromMarkdown('# ab'), [level(2)]).doc.firstChild!.attrs.level).toBe(2)
    expect(() => applySteps(doc, [{ stepType: 'addNodeMark', pos: 0, mark: { type: 'em' } }])).toThrow('bad-input')
    const marked = { stepType: 'replace', from: 0, to: 0, slice: { content: [{ type: 'paragraph', marks: [{ type: 'em' }] }] } }
    expect(() => applySteps(doc, [marked])).toThrow('bad-input')
    expect(applySteps(fromMarkdown('ab'), [new AddMarkStep(1, 2, schema.mark('em')).toJSON()]).doc.firstChild!.childCount).toBe(2)
  })

  it('carry ranges along: what is put in at the edges stays outside, and what is taken out is gone', () => {
    const doc = fromMarkdown('0123456789')
    const typed = new Transform(doc).insert(6, schema.text('x')).insert(3, schema.text('x'))
    expect(mapRange({ from: 3, to: 6 }, typed.mapping)).toEqual({ from: 4, to: 7 })
    expect(mapRange({ from: 3, to: 6 }, new Transform(doc).delete(2, 8).mapping)).toBeNull()
    expect(mapRange({ from: 4, to: 4 }, new Transform(doc).delete(2, 8).mapping)).toBeNull()
    expect(mapRange({ from: 8, to: 8 }, new Transform(doc).delete(2, 8).mapping)).toEqual({ from: 2, to: 2 })
  })

  it('say which words they put in, paragraph by paragraph', () => {
    const transform = new Transform(fromMarkdown('ab')).insert(4, fromMarkdown('one\n\n- two').content).insert(2, schema.text('x'))
    expect(changedRanges(transform.mapping)).toEqual([{ from: 2, to: 3 }, { from: 5, to: 19 }])
    expect(insertedRanges(transform.mapping, transform.doc)).toEqual([{ from: 2, to: 3 }, { from: 6, to: 9 }, { from: 13, to: 16 }])
  })
})
