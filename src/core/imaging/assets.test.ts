import { mkdtemp, readdir, readFile, rm, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StudioError } from '../../contract/index.js'
import { AssetCache } from './asset-cache.js'
import { createAssets, type AssetsOptions } from './assets.js'
import { scriptedEngines, wordResize } from './testing.js'

const [cat, dog] = ['a'.repeat(64), 'b'.repeat(64)]
let cacheDir: string
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'galley-assets-'))
})
afterEach(() => rm(cacheDir, { recursive: true, force: true }))

function assetsOf(options: Partial<AssetsOptions> & { mediaType?: string; answer?: typeof wordResize } = {}) {
  const { engines, calls } = scriptedEngines(options.answer ?? wordResize)
  let reads = 0
  const readBlob: AssetsOptions['readBlob'] = (project, hash) => {
    if (project !== 'project-1') throw new StudioError('not-found', { what: 'project', id: project })
    return {
      mediaType: options.mediaType ?? 'image/png',
      chunks: () => {
        reads++
        return [Buffer.from('picture '), Buffer.from(hash.slice(0, 3))]
      },
    }
  }
  return { assets: createAssets({ cacheDir, engines, readBlob, ...options }), calls, reads: () => reads }
}
const words = async (work: Promise<{ path: string }>): Promise<string> => readFile((await work).path, 'utf8')

describe('pictures for the page', () => {
  test('a width is made once and then comes from the cache, also after a restart', async () => {
    const first = assetsOf()
    expect(await first.assets.path('project-1', cat, 640)).toMatchObject({ mediaType: 'image/webp' })
    expect(await words(first.assets.path('project-1', cat, 640))).toBe('picture aaa at 640')
    expect(first.calls).toHaveLength(1)
    const restarted = assetsOf()
    expect(await words(restarted.assets.path('project-1', cat, 640))).toBe('picture aaa at 640')
    expect(restarted.calls).toHaveLength(0)
  })

  test('requests at the same time wait for one making, and other widths share the bytes', async () => {
    const { assets, calls, reads } = assetsOf()
    const paths = await Promise.all([640, 640, 1280, 640, 1280].map((width) => assets.path('project-1', cat, width as 640)))
    expect(new Set(paths.map(({ path }) => path)).size).toBe(2)
    expect(calls).toHaveLength(2)
    expect(reads()).toBe(1)
  })

  test('no more than two are made at a time', async () => {
    let now = 0
    let most = 0
    const { assets } = assetsOf({
      answer: async (call) => {
        most = Math.max(most, ++now)
        await new Promise((done) => setTimeout(done, 10))
        now--
        return wordResize(call)
      },
    })
    await Promise.all(([160, 320, 640, 1280, 2560] as const).map((width) => assets.path('project-1', cat, width)))
    expect(most).toBe(2)
  })

  test('full size is the file itself where a page can show it, else a picture of it', async () => {
    expect(await words(assetsOf().assets.path('project-1', cat, null))).toBe('picture aaa')
    const drawing = assetsOf({ mediaType: 'image/svg+xml' })
    const shown = await drawing.assets.path('project-1', dog, null)
    expect(shown.mediaType).toBe('image/webp')
    expect(await readFile(shown.path, 'utf8')).toBe('picture bbb at 4096')
  })

  test('small widths are taken from the thumbnail that the project keeps', async () => {
    const { assets, calls } = assetsOf({ readThumbnail: () => Buffer.from('thumbnail') })
    expect(await words(assets.path('project-1', cat, 320))).toBe('thumbnail')
    expect(await words(assets.path('project-1', cat, 640))).toBe('picture aaa at 640')
    expect(calls).toHaveLength(1)
  })

  test('a project that is not open shows nothing, even of what lies in the cache', async () => {
    const { assets } = assetsOf()
    await assets.path('project-1', cat, 640)
    await expect(assets.path('project-2', cat, 640)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('what failed leaves no file behind and is tried again', async () => {
    let broken = true
    const { assets } = assetsOf({
      answer: async (call) => {
        if (!broken) return wordResize(call)
        await writeFile(call.params['output'] as string, 'half')
        throw new StudioError('not-an-image', { name: 'x', detail: 'broken' })
      },
    })
    await expect(assets.path('project-1', cat, 640)).rejects.toMatchObject({ code: 'not-an-image' })
    expect((await readdir(join(cacheDir, 'assets'))).filter((name) => !name.endsWith('.png'))).toEqual([])
    broken = false
    expect(await words(assets.path('project-1', cat, 640))).toBe('picture aaa at 640')
  })

  test('after removing for good nothing made of the picture is left', async () => {
    const { assets } = assetsOf()
    for (const hash of [cat, dog]) await assets.path('project-1', hash, 640)
    await assets.forget(cat)
    expect((await readdir(join(cacheDir, 'assets'))).sort()).toEqual([`${dog}-640.webp`, `${dog}.png`])
  })

  test('the folder may be emptied while the program runs', async () => {
    const { assets, calls } = assetsOf()
    const { path } = await assets.path('project-1', cat, 640)
    await unlink(path)
    expect(await words(assets.path('project-1', cat, 640))).toBe('picture aaa at 640')
    expect(calls).toHaveLength(2)
  })
})

describe('the cache folder', () => {
  test('what was used longest ago goes first when there is too much', async () => {
    const cache = new AssetCache(cacheDir, 25)
    const put = async (name: string): Promise<void> => {
      await writeFile(cache.path(name), 'ten bytes.')
      await cache.add(name)
    }
    await put('one')
    await new Promise((done) => setTimeout(done, 3))
    await put('two')
    await new Promise((done) => setTimeout(done, 3))
    await cache.find('one')
    await new Promise((done) => setTimeout(done, 3))
    await put('three')
    expect((await readdir(cacheDir)).sort()).toEqual(['one', 'three'])
    expect(await cache.find('two')).toBeNull()
  })

  test('a restart remembers the order and sweeps what was half written', async () => {
    for (const [name, second] of [
      ['old', 1],
      ['older', 0],
      ['new', 2],
    ] as const) {
      await writeFile(join(cacheDir, name), 'ten bytes.')
      await utimes(join(cacheDir, name), second, second)
    }
    await writeFile(join(cacheDir, 'half.part'), 'ten')
    const cache = new AssetCache(cacheDir, 30)
    expect(await cache.names()).not.toContain('half.part')
    await writeFile(cache.path('newest'), 'ten bytes.')
    await cache.add('newest')
    expect((await readdir(cacheDir)).sort()).toEqual(['new', 'newest', 'old'])
  })

  test('one file larger than the limit is kept for now: it is being shown', async () => {
    const cache = new AssetCache(cacheDir, 5)
    await writeFile(cache.path('large'), 'ten bytes.')
    expect(await cache.add('large')).toBe(cache.path('large'))
    expect(await cache.find('large')).toBe(cache.path('large'))
  })
})
