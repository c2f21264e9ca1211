import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import type { OriginRun } from '../contract/index.js'
import { fromMarkdown } from './markdown-read.js'
import { mapOrigin, normaliseOrigin, originShares } from './origin.js'
import { schema } from './schema.js'
import { insertedRanges } from './steps.js'

type Text = { doc: Node; runs: OriginRun[] }

function change(text: Text, origin: OriginRun['origin'], edit: (transform: Transform) => void): Text {
  const transform = new Transform(text.doc)
  edit(transform)
  return { doc: transform.doc, runs: mapOrigin(text.runs, transform.mapping, insertedRanges(transform.mapping, transform.doc), origin) }
}
const put = (at: number, words: string) => (transform: Transform) => { transform.insert(at, schema.text(words)) }
const start = (origin: OriginRun['origin']): Text => ({ doc: fromMarkdown('0123456789'), runs: [{ from: 1, to: 11, origin }] })
const list = (text: Text) => text.runs.map((run) => `${run.from}-${run.to} ${run.origin}`)

describe('where words came from', () => {
  it('typing inside a run of the model makes the run model-edited', () => {
    expect(list(change(start('model'), 'typed', put(5, 'ab')))).toEqual(['1-13 model-edited'])
  })
  it('typing at the edge of a run of the model leaves it as it is', () => {
    expect(list(change(start('model'), 'typed', put(11, 'ab')))).toEqual(['1-11 model', '11-13 typed'])
    expect(list(change(start('model'), 'typed', put(1, 'ab')))).toEqual(['1-3 typed', '3-13 model'])
  })
  it('taking words out of a run of the model makes it model-edited', () => {
    expect(list(change(start('model'), 'typed', (transform) => transform.delete(3, 5)))).toEqual(['1-9 model-edited'])
  })
  it('replacing the end of a run of the model keeps the new words as typed', () => {
    expect(list(change(start('model'), 'typed', (transform) => transform.replaceWith(8, 11, schema.text('xyz'))))).toEqual(['1-8 model-edited', '8-11 typed'])
  })
  it('words of the model part what a person typed', () => {
    expect(list(change(start('typed'), 'model', put(4, 'mmm')))).toEqual(['1-4 typed', '4-7 model', '7-14 typed'])
  })
  it('replacing a whole run leaves nothing of it', () => {
    expect(list(change(start('model'), 'pasted', (transform) => transform.replaceWith(1, 11, schema.text('new'))))).toEqual(['1-4 pasted'])
  })
  it('splitting a paragraph of the model changes no word of it', () => {
    expect(list(change(start('model'), 'typed', (transform) => transform.split(5)))).toEqual(['1-13 model'])
  })
  it('typing in one paragraph of the model leaves its other paragraphs as they are', () => {
    const base: Text = { doc: fromMarkdown('a'), runs: [] }
    const drafted = change(base, 'model', (transform) => transform.insert(3, fromMarkdown('one\n\ntwo').content))
    expect(list(drafted)).toEqual(['4-7 model', '9-12 model'])
    expect(list(change(drafted, 'typed', put(5, 'x')))).toEqual(['4-8 model-edited', '10-13 model'])
  })
  it('normalising sorts, joins neighbours and lets the later of two overlapping runs win', () => {
    expect(normaliseOrigin([
      { from: 5, to: 9, origin: 'typed' }, { from: 1, to: 5, origin: 'typed' }, { from: 3, to: 4, origin: 'model' }, { from: 4, to: 4, origin: 'pasted' },
    ])).toEqual([{ from: 1, to: 3, origin: 'typed' }, { from: 3, to: 4, origin: 'model' }, { from: 4, to: 9, origin: 'typed' }])
  })
  it('shares count what no run covers as typed', () => {
    expect(originShares([{ from: 1, to: 4, origin: 'model' }], 10)).toEqual({ typed: 7, pasted: 0, model: 3, 'model-edited': 0 })
  })

  it('no word of a person is ever marked as an untouched one of the model, and no word of the model as typed', () => {
    const origin = fc.constantFrom('typed' as const, 'pasted' as const, 'model' as const)
    const edits = fc.array(fc.record({ origin, at: fc.nat(), removed: fc.nat(6), count: fc.nat(5) }), { maxLength: 20 })
    const signs = { typed: 't', pasted: 'p', model: 'm' }
    fc.assert(fc.property(edits, (steps) => {
      let text: Text = { doc: fromMarkdown('t'), runs: [] }
      for (const step of steps) {
        const from = 1 + (step.at % text.doc.content.size)
        const to = Math.min(from + step.removed, text.doc.content.size - 1)
        if (from > to || (from === to && step.count === 0)) continue
        const words = signs[step.origin].repeat(step.count)
        text = change(text, step.origin, (transform) => words ? transform.replaceWith(from, to, schema.text(words)) : transform.delete(from, to))
        expect(normaliseOrigin(text.runs)).toEqual(text.runs)
        for (const run of text.runs) {
          const held = text.doc.textBetween(run.from, run.to)
          expect(held).toHaveLength(run.to - run.from)
          if (run.origin === 'model') expect(held).not.toMatch(/[tp]/)
          if (run.origin === 'typed') expect(held).not.toMatch(/[mp]/)
          if (run.origin === 'pasted') expect(held).not.toMatch(/[mt]/)
        }
      }
    }), { numRuns: 300 })
  })
})
