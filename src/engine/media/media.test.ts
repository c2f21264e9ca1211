import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMediaHandlers } from './handlers.js'

const media = createMediaHandlers()
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
let folder: string
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-media-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const inspect = (name: string) => media.inspect({ path: at(name) }, quiet)
const resize = (name: string, output: string, rest: { width?: number; format?: 'png' | 'jpeg' | 'webp' | 'avif'; xmp?: string } = {}) =>
  media.resize({ path: at(name), output: at(output), format: 'png', ...rest }, quiet)
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )

const svg = (inside: string, width = 20, height = 20): string => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`
/** Left half red, right half blue. */
const twoHalves = (width = 40, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } })
    .composite([{ input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } }, left: 0, top: 0 }])
    .removeAlpha()
async function pixel(name: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(await readFile(at(name)))
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)]
}

/** A PNG whose head claims a size that its data does not have. */
function lyingPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const check = Buffer.alloc(4)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

describe('what a picture is', () => {
  for (const format of ['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const) {
    test(`${format} is known by its content, whatever its name`, async () => {
      await writeFile(at('picture.txt'), await twoHalves().toFormat(format).toBuffer())
      expect(await inspect('picture.txt')).toMatchObject({ format, mediaType: `image/${format}`, width: 40, height: 20, pages: 1, orientation: 1 })
    })
  }

  test('the size is that which is seen, after the camera’s orientation', async () => {
    await writeFile(at('turned.jpg'), await twoHalves().withMetadata({ orientation: 6 }).jpeg().toBuffer())
    expect(await inspect('turned.jpg')).toMatchObject({ width: 20, height: 40, orientation: 6 })
  })

  test('of an animation the first picture counts', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
        sharp({ create: { width: 16, height: 12, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    await writeFile(
      at('moves.gif'),
      await sharp(frames, { join: { animated: true } })
        .gif({ delay: [100, 100, 100] })
        .toBuffer(),
    )
    expect(await inspect('moves.gif')).toMatchObject({ width: 16, height: 12, pages: 3 })
    expect(await resize('moves.gif', 'first.png')).toMatchObject({ width: 16, height: 12 })
    expect(await pixel('first.png', 8, 6)).toEqual([255, 0, 0])
  })

  test('text, an empty file, a folder and a PDF are not pictures', async () => {
    await writeFile(at('a.png'), 'just words')
    await writeFile(at('b.png'), '')
    await writeFile(at('c.png'), '%PDF-1.7\n')
    expect(await Promise.all(['a.png', 'b.png', 'c.png', '.'].map((name) => codeOf(inspect(name))))).toEqual(Array(4).fill('not-an-image'))
    expect(await codeOf(inspect('nowhere.png'))).toBe('not-found')
  })

  test('more than 100 megapixels are refused with both numbers, before anything is decoded', async () => {
    await writeFile(at('huge.png'), lyingPng(20_000, 20_000))
    await expect(inspect('huge.png')).rejects.toMatchObject({ code: 'image-too-large', data: { name: 'huge.png', pixels: 400_000_000, limit: 100_000_000 } })
    expect(await codeOf(resize('huge.png', 'out.png', { width: 100 }))).toBe('image-too-large')
    await writeFile(at('huge.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>')
    expect(await codeOf(inspect('huge.svg'))).toBe('image-too-large')
  })

  test('a head that promises more than there is, and a file cut short, are refused when they are read', async () => {
    await writeFile(at('lies.png'), lyingPng(3000, 3000))
    const noise = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'white', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
      .jpeg()
      .toBuffer()
    await writeFile(at('cut.jpg'), noise.subarray(0, noise.length / 2))
    for (const name of ['lies.png', 'cut.jpg']) {
      expect(await codeOf(resize(name, 'never.png', { width: 100 }))).toBe('not-an-image')
      expect(await codeOf(media.decode({ path: at(name), width: 64, height: 64, output: at('never.png') }, quiet))).toBe('not-an-image')
    }
    expect(await codeOf(stat(at('never.png')))).toBe('ENOENT')
  })

  test('damaged files are refused or read, and the engine lives on', async () => {
    const whole = await Promise.all((['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const).map((format) => twoHalves().toFormat(format).toBuffer()))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), async (bytes, changes) => {
        const damaged = Buffer.from(bytes)
        for (const [place, byte] of changes) damaged[place % damaged.length] = byte
        await writeFile(at('damaged'), damaged)
        expect(['fine', 'not-an-image', 'image-too-large', 'bad-input']).toContain(await codeOf(resize('damaged', 'mended.png', { width: 20 })))
      }),
      { numRuns: 150 },
    )
  })
})

describe('making it ready', () => {
  test('it is upright, at most as wide as asked, and never blown up', async () => {
    await writeFile(at('turned.jpg'), await twoHalves(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer())
    expect(await resize('turned.jpg', 'small.webp', { width: 100, format: 'webp' })).toMatchObject({ width: 100, height: 200 })
    // A quarter turn clockwise brings the left half to the top.
    const [top, bottom] = [await pixel('small.webp', 50, 30), await pixel('small.webp', 50, 170)]
    expect(top[0]).toBeGreaterThan(200)
    expect(bottom[2]).toBeGreaterThan(200)
    expect(await resize('turned.jpg', 'same.png', { width: 5000 })).toMatchObject({ width: 200, height: 400 })
    expect((await sharp(at('small.webp')).metadata()).orientation).toBeUndefined()
  })

  test('printing colours and 16 bits become 8-bit sRGB', async () => {
    await writeFile(at('print.tiff'), await twoHalves().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer())
    expect((await sharp(at('print.tiff')).metadata()).space).toBe('cmyk')
    await writeFile(at('deep.png'), await twoHalves().toColourspace('rgb16').png().toBuffer())
    expect((await sharp(at('deep.png')).metadata()).depth).toBe('ushort')
    for (const name of ['print.tiff', 'deep.png']) {
      await resize(name, 'screen.png')
      expect(await sharp(at('screen.png')).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar', channels: 3 })
      const [red, , blue] = await pixel('screen.png', 5, 10)
      expect(red!).toBeGreaterThan(blue! + 100)
    }
  })

  test('all four formats are written, and transparency lies on white in a JPEG', async () => {
    await writeFile(
      at('clear.png'),
      await sharp({ create: { width: 30, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer(),
    )
    for (const format of ['png', 'webp', 'avif', 'jpeg'] as const) {
      const { bytes } = await resize('clear.png', `clear.${format}`, { format })
      expect((await stat(at(`clear.${format}`))).size).toBe(bytes)
      expect(await inspect(`clear.${format}`)).toMatchObject({ format, hasAlpha: format !== 'jpeg' })
    }
    expect(Math.min(...(await pixel('clear.jpeg', 15, 15)))).toBeGreaterThan(250)
  })

  test('a place and a name in the camera’s notes do not travel along, an XMP packet that is given does', async () => {
    const exif = { IFD0: { Copyright: 'Somebody Private' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }
    await writeFile(at('camera.jpg'), await twoHalves().withExif(exif).jpeg().toBuffer())
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
      await resize('camera.jpg', 'clean', { format, xmp })
      const metadata = await sharp(await readFile(at('clean'))).metadata()
      expect(metadata.xmp?.toString()).toContain('x:xmpmeta')
      expect((await readFile(at('clean'))).includes('Somebody Private')).toBe(false)
    }
  })

  test('a drawing is drawn sharp at the size that is asked for', async () => {
    await writeFile(
      at('drawing.svg'),
      `<?xml version="1.0"?><!-- a note -->${svg('<rect width="5" height="10" fill="red"/>', 10, 10)}`,
    )
    expect(await inspect('drawing.svg')).toMatchObject({ format: 'svg', mediaType: 'image/svg+xml', width: 10, height: 10 })
    expect(await resize('drawing.svg', 'drawn.png', { width: 400 })).toMatchObject({ width: 400, height: 400 })
    expect(await pixel('drawn.png', 198, 200)).toEqual([255, 0, 0])
    const { data } = await sharp(await readFile(at('drawn.png')))
      .extractChannel('alpha')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([data[200 * 400 + 198], data[200 * 400 + 201]]).toEqual([255, 0])
  })

  test('a drawing cannot pull in files, entities or scripts from elsewhere', async () => {
    await writeFile(
      at('secret.png'),
      await sharp({ create: { width: 20, height: 20, channels: 3, background: '#00ff00' } })
        .png()
        .toBuffer(),
    )
    await writeFile(at('secret.txt'), 'hidden words')
    const inside = `<rect width="20" height="20" fill="white"/>
      <image href="secret.png" width="20" height="20"/><image href="${at('secret.png')}" width="20" height="20"/>
      <image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file://${at('secret.png')}" width="20" height="20"/><script>document.title = 'x'</script>`
    await writeFile(at('pulls.svg'), `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">${inside}</svg>`)
    await resize('pulls.svg', 'pulled.png')
    expect(await pixel('pulled.png', 10, 10)).toEqual([255, 255, 255])
    await writeFile(
      at('entity.svg'),
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${at('secret.txt')}">]>${svg('<rect width="200" height="20" fill="white"/><text y="15">&x;</text>', 200)}`,
    )
    if ((await codeOf(resize('entity.svg', 'entity.png'))) === 'fine') {
      const { min } = (await sharp(at('entity.png')).stats()).channels[0]!
      expect(min).toBe(255)
    }
    const bomb = Array.from({ length: 12 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join('')
    await writeFile(
      at('bomb.svg'),
      `<!DOCTYPE svg [<!ENTITY l0 "lol">${bomb}]><svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text>&l12;</text></svg>`,
    )
    const started = performance.now()
    await codeOf(resize('bomb.svg', 'bomb.png'))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('raw pictures', () => {
  test('go in and come out byte for byte', async () => {
    const raw = Buffer.from(Array.from({ length: 13 * 7 * 3 }, (_, index) => (index * 37) % 256))
    await writeFile(at('raw.rgb'), raw)
    const { bytes } = await media.encode({ path: at('raw.rgb'), width: 13, height: 7, output: at('raw.png'), format: 'png' }, quiet)
    expect((await stat(at('raw.png'))).size).toBe(bytes)
    await media.decode({ path: at('raw.png'), width: 13, height: 7, output: at('back.rgb') }, quiet)
    expect((await readFile(at('back.rgb'))).equals(raw)).toBe(true)
  })

  test('the same pixels give the same PNG', async () => {
    for (const output of ['one.png', 'two.png']) await media.encode({ path: at('raw.rgb'), width: 13, height: 7, output: at(output), format: 'png' }, quiet)
    expect((await readFile(at('one.png'))).equals(await readFile(at('two.png')))).toBe(true)
  })

  test('of another shape are cut from the middle', async () => {
    await writeFile(
      at('wide.png'),
      await sharp({ create: { width: 300, height: 100, channels: 3, background: '#0000ff' } })
        .composite([{ input: { create: { width: 100, height: 100, channels: 3, background: '#ff0000' } }, left: 100, top: 0 }])
        .png()
        .toBuffer(),
    )
    await media.decode({ path: at('wide.png'), width: 50, height: 50, output: at('middle.rgb') }, quiet)
    const raw = await readFile(at('middle.rgb'))
    expect(raw).toHaveLength(50 * 50 * 3)
    expect([...raw.subarray((25 * 50 + 25) * 3, (25 * 50 + 25) * 3 + 3)]).toEqual([255, 0, 0])
  })

  test('with four channels keep their transparency, which JPEG lays on white', async () => {
    await writeFile(at('clear.rgba'), Buffer.from([255, 0, 0, 255, 0, 0, 0, 0]))
    for (const format of ['png', 'webp', 'jpeg'] as const)
      await media.encode({ path: at('clear.rgba'), width: 2, height: 1, alpha: true, output: at(`clear.${format}`), format }, quiet)
    expect((await inspect('clear.png')).hasAlpha).toBe(true)
    expect((await inspect('clear.webp')).hasAlpha).toBe(true)
    expect((await inspect('clear.jpeg')).hasAlpha).toBe(false)
    expect([...(await sharp(await readFile(at('clear.png'))).raw().toBuffer())]).toEqual([255, 0, 0, 255, 0, 0, 0, 0])
    expect((await pixel('clear.jpeg', 1, 0)).every((value) => value > 180)).toBe(true)
    expect(await codeOf(media.encode({ path: at('clear.rgba'), width: 2, height: 1, output: at('x.png'), format: 'png' }, quiet))).toBe('bad-input')
  })

  test('of a wrong length or an impossible size are refused', async () => {
    expect(await codeOf(media.encode({ path: at('raw.rgb'), width: 13, height: 8, output: at('x.png'), format: 'png' }, quiet))).toBe('bad-input')
    expect(await codeOf(media.decode({ path: at('raw.png'), width: 0, height: 8, output: at('x') }, quiet))).toBe('bad-input')
    expect(await codeOf(media.decode({ path: at('raw.png'), width: 50_000, height: 8000, output: at('x') }, quiet))).toBe('bad-input')
  })
})
