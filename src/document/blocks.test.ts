import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documents } from './arbitrary.js'
import { fromBlocks, toBlocks, upcastBlocks, upcasts } from './blocks.js'
import { parseDocument } from './parse.js'
import { emptyDocument, isSafeHref, schema, schemaVersion } from './schema.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('[TEXT1] blocks of a text', () => {
  it('give the text back unchanged, and equal blocks have equal hashes', () => {
    fc.assert(fc.property(documents({ empty: true }), (doc) => {
      const { hashes, blocks } = toBlocks(doc, sha256)
      expect(fromBlocks(blocks).toJSON()).toEqual(doc.toJSON())
      expect(toBlocks(fromBlocks(blocks), sha256).hashes).toEqual(hashes)
      expect(hashes).toHaveLength(doc.childCount)
    }))
  })

  it('are canonical JSON: keys sorted, no blanks', () => {
    const doc = schema.node('doc', null, [schema.node('heading', { level: 2 }, schema.text('A b', [schema.mark('em')]))])
    expect(toBlocks(doc, sha256).blocks).toEqual(['{"attrs":{"level":2},"content":[{"marks":[{"type":"em"}],"text":"A b","type":"text"}],"type":"heading"}'])
  })

  it('can be written even where half a character was pasted', () => {
    const doc = schema.node('doc', null, [schema.node('paragraph', null, schema.text('a\ud83d'))])
    expect(toBlocks(doc, sha256).blocks[0]).toContain('a\ufffd')
  })

  it('of this schema are read as they are, and those of a newer one are refused by name', () => {
    const { blocks } = toBlocks(emptyDocument(), sha256)
    expect(upcastBlocks(schemaVersion, blocks)).toBe(blocks)
    expect(() => upcastBlocks(schemaVersion + 1, blocks)).toThrow('not-supported')
    expect(() => upcastBlocks(0, blocks)).toThrow('bad-input')
  })

  it('have one upcast for every schema before this one', () => {
    expect(Object.keys(upcasts).map(Number)).toEqual(Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1))
  })
})

describe('a text from outside', () => {
  const paragraph = (content: unknown) => ({ type: 'doc', content: [{ type: 'paragraph', content }] })

  it('is refused where it is no text of this schema', () => {
    const wrong = [
      null, 'text', [], {}, { type: 'doc' }, { type: 'doc', content: [] }, { type: 'paragraph' },
      paragraph('x'), paragraph([{ type: 'image' }]), paragraph([null]),
      paragraph([{ type: 'text', text: '' }]), paragraph([{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }]),
      paragraph([{ type: 'text', text: 'x', marks: [{ type: 'blink' }] }]), { type: 'doc', content: [{ type: 'heading', attrs: { level: 7 } }] },
      { type: 'doc', content: [{ type: 'bullet_list' }] }, { type: 'doc', content: [{ type: 'list_item', content: [{ type: 'paragraph' }] }] },
    ]
    for (const json of wrong) expect(() => parseDocument(json), JSON.stringify(json)).toThrow('bad-input')
  })

  it('is refused where it is nested too deep, however deep', () => {
    let json: unknown = { type: 'paragraph' }
    for (let depth = 0; depth < 100_000; depth++) json = { type: 'blockquote', content: [json] }
    expect(() => parseDocument({ type: 'doc', content: [json] })).toThrow('nested')
  })

  it('has its runs of equal marks joined', () => {
    expect(parseDocument(paragraph([{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }])).firstChild!.childCount).toBe(1)
  })

  it('is never anything but a checked text or a refusal', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.jsonValue().map((content) => ({ type: 'doc', content }))), (json) => {
      try {
        parseDocument(json).check()
      } catch (error) {
        expect(String(error)).toContain('bad-input')
      }
    }))
  })

  it('may link to http, https and mailto only', () => {
    expect(['https://example.org/a?b=c#d', 'http://example.org', 'mailto:a@example.org', 'HTTPS://example.org'].every(isSafeHref)).toBe(true)
    const unsafe = ['javascript:x', 'data:text/html,x', 'file:///x', '//example.org', 'https://a b', 'https://"x', 'java\nscript:x', '', 'https://']
    expect(unsafe.some(isSafeHref)).toBe(false)
  })
})
