import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents } from './arbitrary.js'
import { toHtml } from './html.js'
import { fromMarkdown } from './markdown-read.js'
import { toMarkdown } from './markdown-write.js'
import { countWords, toPlainText } from './plain.js'

const roundTrip = (markdown: string) => toMarkdown(fromMarkdown(markdown))

describe('Markdown', () => {
  it('says every text that it has signs for, and reads it back unchanged', () => {
    fc.assert(fc.property(documents(), (doc) => {
      expect(fromMarkdown(toMarkdown(doc)).toJSON()).toEqual(doc.toJSON())
    }), { numRuns: 300 })
  })

  it('keeps headings, lists, quotations, code, rules, breaks and marks', () => {
    const text = '# One\n\n- a\n- **b** and *c*\n  1. d\n\n> said\n\n```js\nlet x = `y`\n```\n\n---\n\nline\\\nnext ~~gone~~ [g](https://example.org)'
    expect(roundTrip(text)).toBe(text)
  })

  it('reads a link with an unsafe or relative address as the characters that it is', () => {
    const doc = fromMarkdown('[x](javascript:alert) and [y](file.md)')
    expect(toPlainText(doc)).toBe('[x](javascript:alert) and [y](file.md)')
    expect(JSON.stringify(doc.toJSON())).not.toContain('"link"')
  })

  it('reads HTML as characters and writes it escaped', () => {
    const doc = fromMarkdown('<img src=x onerror=alert(1)> & <b>bold</b>')
    expect(toHtml(doc)).toBe('<p>&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;bold&lt;/b&gt;</p>\n')
  })

  it('reads a picture as its description and a deep heading as one of the third level', () => {
    expect(toMarkdown(fromMarkdown('##### See ![a press](https://example.org/p.png)'))).toBe('### See a press')
  })

  it('keeps two neighbouring lists apart', () => {
    expect(fromMarkdown('- a\n\n* b').childCount).toBe(2)
    expect(fromMarkdown(roundTrip('- a\n\n* b\n\n1. c\n\n1) d')).childCount).toBe(4)
  })

  it('makes of an empty text one empty paragraph', () => {
    expect(fromMarkdown(' \n ').toJSON()).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] })
  })

  it('refuses a text that is nested too deep', () => {
    expect(() => fromMarkdown('>'.repeat(90) + ' deep')).toThrow('bad-input')
  })

  it('counts words, and characters where a script has no blanks between words', () => {
    expect(countWords(fromMarkdown("The naïve don't – well-known 3.14\n\n- two words"))).toBe(7)
    expect(countWords(fromMarkdown('校正 printing'))).toBe(3)
  })

  it('writes HTML with nested marks, lists and safe links', () => {
    expect(toHtml(fromMarkdown('**a *b*** [c](https://example.org/?a=1&b=2)\n\n3. d'))).toBe(
      '<p><strong>a </strong><em><strong>b</strong></em> <a href="https://example.org/?a=1&amp;b=2">c</a></p>\n<ol start="3">\n<li>\n<p>d</p>\n</li>\n</ol>\n')
  })
})

describe('what texts do not hold', () => {
  it('the rows of a table stay lines of one paragraph', () => {
    const doc = fromMarkdown('| a | b |\n|---|---|\n| 1 | 2 |')
    expect(doc.childCount).toBe(1)
    expect(doc.firstChild!.textBetween(0, doc.firstChild!.content.size, '\n', '\n')).toBe('| a | b |\n|---|---|\n| 1 | 2 |')
  })

  it('lines of prose with a stroke in them run on', () => {
    expect(fromMarkdown('either | or\nand so on').textContent).toBe('either | or and so on')
  })
})
