import { mkdtempSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileWithin, mediaTypeOf, rangeOf, regularFile } from './files.js'

describe('the file that an address names', () => {
  it('is the one under the root', () => {
    expect(fileWithin('/srv/page', '/static/index.js')).toBe('/srv/page/static/index.js')
    expect(fileWithin('/srv/page', '/a%20b.css')).toBe('/srv/page/a b.css')
  })

  it.each(['/../main/main.cjs', '/%2e%2e/main.cjs', '/static/%2e%2e/%2e%2e/x', '/..%2f..%2fetc/passwd', '/', '/.', '/..', '/static/..', '/%', '/a%00b', '/..\\x', '/%5c..%5cx'])('is none for %s', (address) => {
    expect(fileWithin('/srv/page', address)).toBeNull()
  })

  it('never lies outside the root, whatever is asked for', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '', '%2e%2e', '%2f', '%5c', '\\', 'a', '~', 'C:', '//'), fc.string({ maxLength: 6 }))
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const file = fileWithin('/srv/page', `/${pieces.join('/')}`)
      if (file !== null) expect(relative('/srv/page', file)).not.toMatch(/^\.\.(\/|$)|^\/|^$/)
    }))
  })

  it('must be a regular file to be served', () => {
    const folder = mkdtempSync(join(tmpdir(), 'galley-files-'))
    mkdirSync(join(folder, 'inside'))
    writeFileSync(join(folder, 'file.txt'), 'words')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'))
    expect(regularFile(join(folder, 'file.txt'))?.size).toBe(5)
    expect(regularFile(join(folder, 'inside'))).toBeNull()
    expect(regularFile(join(folder, 'dangling'))).toBeNull()
    expect(regularFile(join(folder, 'absent'))).toBeNull()
  })

  it('has the media type of its ending, and is bytes where that is not known', () => {
    expect(mediaTypeOf('/x/INDEX.HTML')).toBe('text/html; charset=utf-8')
    expect(mediaTypeOf('/x/unknown.exe')).toBe('application/octet-stream')
  })
})

describe('a Range header', () => {
  it.each([
    [undefined, 'all'], ['', 'all'], ['bytes=-', 'all'], ['items=0-1', 'all'], ['bytes=0-1,4-5', 'all'], ['bytes=5-2', 'all'],
    ['bytes=0-', { start: 0, end: 9 }], ['bytes=2-4', { start: 2, end: 4 }], ['bytes=8-99', { start: 8, end: 9 }], ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }], ['bytes=10-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'],
  ] as const)('%s of ten bytes asks for %j', (header, expected) => {
    expect(rangeOf(header, 10)).toEqual(expected)
  })

  it('never asks for bytes that a file does not have', () => {
    fc.assert(fc.property(fc.nat(1000), fc.option(fc.nat(2000)), fc.option(fc.nat(2000)), (size, from, to) => {
      const range = rangeOf(`bytes=${from ?? ''}-${to ?? ''}`, size)
      if (typeof range === 'string') return
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.end).toBeGreaterThanOrEqual(range.start)
      expect(range.end).toBeLessThan(size)
    }))
  })
})
