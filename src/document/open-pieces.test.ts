import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { Transform } from 'prosemirror-transform'
import { describe, expect, it } from 'vitest'
import type { Piece } from '../contract/index.js'
import { documents, variants } from './arbitrary.js'
import { toBlocks } from './blocks.js'
import { changesBetween } from './changes.js'
import { fromMarkdown } from './markdown-read.js'
import { toMarkdown } from './markdown-write.js'
import { OpenPieces } from './open-pieces.js'
import { makePieces, textOf } from './pieces.js'
import { toPlainText } from './plain.js'
import { emptyDocument, schema } from './schema.js'
import { applySteps } from './steps.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function acceptAll(base: Node, pieces: readonly Piece[], order: readonly number[]): Node {
  let [doc, open] = [base, OpenPieces.fromProposal(base, pieces)]
  for (const index of order) {
    const result = open.accept(index, doc)
    expect(applySteps(doc, result.steps).doc.eq(result.doc)).toBe(true)
    result.doc.check()
    ;[doc, open] = [result.doc, OpenPieces.fromJSON(JSON.parse(JSON.stringify(result.next)))]
  }
  expect(open.decided).toBe(true)
  return doc
}

const shuffled = (count: number) => fc.shuffledSubarray(Array.from({ length: count }, (_, index) => index), { minLength: count, maxLength: count })

/** A base, what a model suggests for it, and an order to decide in. */
const proposals = documents({ empty: true }).chain((base) => fc.oneof(
  fc.tuple(fc.nat(), documents({}, 4)).map(([at, text]) => ({ kind: 'insert' as const, at: at % (base.content.size + 1), text: toMarkdown(text) })),
  fc.tuple(fc.nat(), fc.nat(), variants(base)).map(([one, two, text]) => {
    const [from, to] = [one % (base.content.size + 1), two % (base.content.size + 1)].sort((left, right) => left - right)
    return { kind: 'replace' as const, from: from!, to: to!, text: toMarkdown(text) }
  }),
  variants(base).map((text) => ({ kind: 'replace' as const, from: 0, to: base.content.size, text: toMarkdown(text) })),
).map((change) => ({ base, pieces: makePieces(base, change, sha256), change })))
const decided = proposals.chain((proposal) => shuffled(proposal.pieces.length).map((order) => ({ ...proposal, order })))

describe('[PROP1] pieces of a proposal', () => {
  it('make exactly the text of the model when all are accepted, in any order', () => {
    fc.assert(fc.property(decided, ({ base, pieces, order }) => {
      expect(acceptAll(base, pieces, order).toJSON()).toEqual(textOf(base, pieces).toJSON())
    }), { numRuns: 400 })
  })

  it('make any other text out of a text, in any order', () => {
    const pair = documents({ empty: true }).chain((base) => fc.tuple(fc.constant(base), variants(base, { empty: true }), fc.infiniteStream(fc.nat())))
    fc.assert(fc.property(pair, ([base, fresh, numbers]) => {
      const pieces = changesBetween(base, fresh, { compareMarks: true }).map((change): Piece => ({
        from: change.from, to: change.to, oldHash: sha256(''), slice: change.content.size ? { content: change.content.toJSON() as never } : null,
      }))
      const keyed = pieces.map((_, index) => ({ index, key: numbers.next().value as number }))
      const order = keyed.sort((left, right) => left.key - right.key).map(({ index }) => index)
      expect(acceptAll(base, pieces, order).toJSON()).toEqual(fresh.toJSON())
    }), { numRuns: 300 })
  })

  it('leave the text byte-identical when all are rejected', () => {
    fc.assert(fc.property(decided, ({ base, pieces, order }) => {
      const before = toBlocks(base, sha256)
      let open = OpenPieces.fromProposal(base, pieces)
      for (const index of order) open = open.reject(index)
      expect(open.decided).toBe(true)
      expect(toBlocks(base, sha256)).toEqual(before)
    }), { numRuns: 100 })
  })

  it('say the words of the model and nothing else where a whole text is rewritten', () => {
    fc.assert(fc.property(documents({ plain: true }).chain((base) => fc.tuple(fc.constant(base), documents({ plain: true }))), ([base, answer]) => {
      const pieces = makePieces(base, { kind: 'replace', from: 0, to: base.content.size, text: toMarkdown(answer) }, sha256)
      expect(toPlainText(textOf(base, pieces))).toBe(toPlainText(answer))
    }), { numRuns: 200 })
  })

  it('never lose what is typed between decisions, and leave a valid text whatever happens to it', () => {
    const edit = fc.oneof({ weight: 3, arbitrary: fc.record({ kind: fc.constant('type' as const), at: fc.nat() }) },
      fc.record({ kind: fc.constantFrom('split' as const, 'join' as const, 'quote' as const), at: fc.nat() }))
    const action = fc.oneof(fc.record({ kind: fc.constantFrom('accept' as const, 'reject' as const), at: fc.nat() }), edit)
    fc.assert(fc.property(proposals, fc.array(action, { maxLength: 25 }), ({ base, pieces }, actions) => {
      let [doc, open] = [base, OpenPieces.fromProposal(base, pieces)]
      const typed: string[] = []
      actions.forEach((act, number) => {
        if (act.kind === 'accept' || act.kind === 'reject') {
          const choices = open.views().filter((view) => view.outcome === 'open')
          const choice = choices[act.at % (choices.length || 1)]
          if (!choice) return
          if (act.kind === 'reject' || !choice.range) open = open.reject(choice.index)
          else {
            const result = open.accept(choice.index, doc)
            ;[doc, open] = [result.doc, result.next]
          }
        } else {
          const transform = new Transform(doc)
          const $at = doc.resolve(act.at % (doc.content.size + 1))
          if (act.kind === 'type') {
            if (!$at.parent.isTextblock) return
            // One character of private use: nothing can be put inside it.
            typed.push(String.fromCharCode(0xe000 + number))
            transform.insert($at.pos, schema.text(typed.at(-1)!))
          } else if (act.kind === 'split' && $at.parent.isTextblock) transform.split($at.pos)
          else if (act.kind === 'join' && $at.depth > 0 && $at.index(0) > 0 && doc.child($at.index(0)).isTextblock && doc.child($at.index(0) - 1).isTextblock) {
            const [left, right] = [doc.child($at.index(0) - 1), doc.child($at.index(0))]
            if (left.type === right.type) transform.join($at.before(1))
          } else if (act.kind === 'quote' && $at.depth > 0) {
            const range = doc.resolve($at.before(1)).blockRange(doc.resolve($at.after(1)))
            if (range) transform.wrap(range, [{ type: schema.nodes.blockquote }])
          }
          doc = transform.doc
          open = open.map(transform.mapping, doc)
        }
        doc.check()
        for (const view of open.views()) {
          if (view.range) expect(view.range.from <= view.range.to && view.range.to <= doc.content.size).toBe(true)
        }
      })
      const text = toPlainText(doc)
      for (const character of typed) expect(text).toContain(character)
    }), { numRuns: 400 })
  })

  it('fill an empty text with whichever piece comes first, and keep their order', () => {
    const base = emptyDocument()
    const pieces = makePieces(base, { kind: 'insert', at: 1, text: '# One\n\nTwo\n\n- three\n- four' }, sha256)
    expect(pieces).toHaveLength(3)
    const open = OpenPieces.fromProposal(base, pieces)
    const second = open.accept(1, base)
    expect(toMarkdown(second.doc)).toBe('Two')
    const third = second.next.accept(2, second.doc)
    const first = third.next.accept(0, third.doc)
    expect(toMarkdown(first.doc)).toBe('# One\n\nTwo\n\n- three\n- four')
    expect(first.next.views().map((view) => view.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('come after the words that somebody typed into the empty paragraph meanwhile', () => {
    const base = emptyDocument()
    const open = OpenPieces.fromProposal(base, makePieces(base, { kind: 'insert', at: 0, text: 'One\n\nTwo' }, sha256))
    const typed = new Transform(base).insert(1, schema.text('Mine'))
    const result = open.map(typed.mapping, typed.doc).accept(1, typed.doc)
    expect(toMarkdown(result.next.accept(0, result.doc).doc)).toBe('Mine\n\nOne\n\nTwo')
  })

  it('say that the text under them has changed, and are refused then', () => {
    const base = fromMarkdown('The old mill stands by the river and grinds corn.')
    const pieces = makePieces(base, { kind: 'replace', from: 1, to: base.content.size - 1, text: 'The new mill stands by the river and grinds wheat.' }, sha256)
    const typed = new Transform(base).insert(6, schema.text('x'))
    const open = OpenPieces.fromProposal(base, pieces, { proposal: 'p' }).map(typed.mapping, typed.doc)
    expect(open.views().map((view) => view.range === null)).toEqual([true, false])
    expect(() => open.accept(0, typed.doc)).toThrow('piece-changed')
    expect(toPlainText(open.accept(1, typed.doc).doc)).toBe('The oxld mill stands by the river and grinds wheat.')
  })

  it('are decided once', () => {
    const base = emptyDocument()
    const open = OpenPieces.fromProposal(base, makePieces(base, { kind: 'insert', at: 0, text: 'One' }, sha256)).reject(0)
    expect(() => open.accept(0, base)).toThrow('already-decided')
    expect(() => open.reject(0)).toThrow('already-decided')
  })

  it('keep the blanks at the edges of a marked word, and the heading that the words stand in', () => {
    const base = fromMarkdown('# Galley news\n\nInk is **dry** now.')
    const rewrite = (from: number, to: number, text: string) => toMarkdown(textOf(base, makePieces(base, { kind: 'replace', from, to, text }, sha256)))
    expect(rewrite(1, 8, 'Press')).toBe('# Press news\n\nInk is **dry** now.')
    expect(rewrite(1, 12, '## Proof facts')).toBe('# Proof facts\n\nInk is **dry** now.')
    expect(rewrite(14, 29, 'Ink is wet now.')).toBe('# Galley news\n\nInk is **wet** now.')
  })

  it('are none where nothing would change', () => {
    const base = fromMarkdown('Same words.')
    expect(makePieces(base, { kind: 'replace', from: 1, to: 12, text: 'Same words.' }, sha256)).toEqual([])
    expect(makePieces(base, { kind: 'insert', at: 0, text: ' \n' }, sha256)).toEqual([])
  })
})
