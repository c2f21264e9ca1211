import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents, variants } from './arbitrary.js'
import { compareTexts, countChanges, type CompareBlock } from './compare.js'
import { fromMarkdown } from './markdown-read.js'
import { toPlainText } from './plain.js'

function side(blocks: readonly CompareBlock[], which: 'old' | 'fresh'): string {
  const gone = which === 'old' ? 'added' : 'removed'
  return blocks.filter((block) => block[which] && block[which].type !== 'horizontal_rule')
    .map((block) => block.segments.filter((segment) => segment.kind !== gone).map((segment) => segment.text).join('')).join('\n\n')
}

const signs = { same: '', added: '+', removed: '-' }
const show = (blocks: readonly CompareBlock[]) => blocks.map((block) =>
  `${block.kind}: ${block.segments.map(({ kind, text }) => signs[kind] + text + signs[kind]).join('')}`)

describe('two texts compared', () => {
  it('each side can be read from the comparison', () => {
    fc.assert(fc.property(documents({ empty: true }).chain((old) => fc.tuple(fc.constant(old), variants(old))), ([old, fresh]) => {
      const blocks = compareTexts(old, fresh)
      expect(side(blocks, 'old')).toBe(toPlainText(old))
      expect(side(blocks, 'fresh')).toBe(toPlainText(fresh))
      for (const block of blocks) {
        if (block.freshAt !== null) expect(fresh.nodeAt(block.freshAt)!.type.name).toBe(block.fresh!.type)
        if (block.oldAt !== null) expect(old.nodeAt(block.oldAt)!.type.name).toBe(block.old!.type)
      }
    }), { numRuns: 200 })
  })

  it('a text compared with itself has no changes', () => {
    fc.assert(fc.property(documents(), (doc) => {
      const blocks = compareTexts(doc, doc)
      expect(blocks.every((block) => block.kind === 'same')).toBe(true)
      expect(countChanges(blocks)).toEqual({ added: 0, removed: 0 })
    }))
  })

  it('shows changed words inside their paragraph, and new and removed paragraphs as such', () => {
    const old = fromMarkdown('The ink is dry on this page.\n\nGone for good.\n\nEnd')
    const blocks = compareTexts(old, fromMarkdown('The ink is wet on this page.\n\nEnd\n\nNew words here.'))
    expect(show(blocks)).toEqual(['changed: The ink is -dry-+wet+ on this page.', 'removed: -Gone for good.-', 'same: End', 'added: +New words here.+'])
    expect(countChanges(blocks)).toEqual({ added: 4, removed: 4 })
  })

  it('shows a paragraph that became a heading as changed, with the same words', () => {
    const [block] = compareTexts(fromMarkdown('News of the press'), fromMarkdown('## News of the press'))
    expect(block).toMatchObject({ kind: 'changed', old: { type: 'paragraph' }, fresh: { type: 'heading', level: 2 }, segments: [{ kind: 'same' }] })
  })

  it('says where a paragraph stands in lists and quotations', () => {
    const blocks = compareTexts(fromMarkdown('x'), fromMarkdown('3. one\n4. two\n   - deep\n\n> said'))
    expect(blocks.filter((block) => block.fresh).map((block) => block.fresh)).toEqual([
      { type: 'paragraph', quotes: 0, lists: 1, marker: '3.' }, { type: 'paragraph', quotes: 0, lists: 1, marker: '4.' },
      { type: 'paragraph', quotes: 0, lists: 2, marker: '•' }, { type: 'paragraph', quotes: 1, lists: 0 },
    ])
  })
})
