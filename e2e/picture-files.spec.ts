import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { pictureUrl, previewUrl } from '../src/contract/index.js'
import { openClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 180_000 })

/** Size of a picture as the page shows it, 0 × 0 where it does not. */
const shown = (page: Page, address: string): Promise<[number, number]> => page.evaluate((source) => new Promise((resolve) => {
  const image = new Image()
  image.onload = () => resolve([image.naturalWidth, image.naturalHeight])
  image.onerror = () => resolve([0, 0])
  image.src = source
}), address)

test('pictures survive the death of core without one being made twice, and the page shows them and their previews', async ({ studio }) => {
  let client = await openClient(studio.page)
  const { handle: project, path } = await client.projects.create({ title: 'Covers', path: join(studio.userData, 'Covers.galley') })
  const { job, item } = await client.pictures.ask({ project, item: null, prompt: 'pink heart, modern', count: 3, seed: 11, steps: 60 })
  await expect.poll(async () => (await client.jobs.get({ job })).previews.length, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(0)
  await expect.poll(async () => shown(studio.page, previewUrl(job, (await client.jobs.get({ job })).previews.at(-1)?.output ?? 0, Date.now())), { intervals: [50] }).toEqual([128, 128])
  await expect.poll(async () => (await client.jobs.get({ job })).outputs.done, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(0)
  await studio.killCore()
  client = await openClient(studio.page)
  await client.projects.open({ path })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 90_000 }).toBe('done')
  const { versions } = await client.items.versions({ project, item })
  expect(versions.map(({ recipe }) => (recipe.by === 'image-model' ? recipe.seed : 0)).sort((a, b) => a - b)).toEqual([11, 12, 13])
  for (const { content } of versions) {
    const { hash } = content as { hash: string }
    expect(await shown(studio.page, pictureUrl(project, hash))).toEqual([128, 128])
    expect(await shown(studio.page, pictureUrl(project, hash, 320))).toEqual([128, 128])
  }
  expect(await shown(studio.page, pictureUrl(project, '0'.repeat(64), 320))).toEqual([0, 0])
})

test('a picture that was pasted comes in by its bytes, and goes out whole', async ({ studio }) => {
  const client = await openClient(studio.page)
  const { handle: project } = await client.projects.create({ title: 'Pasted', path: join(studio.userData, 'Pasted.galley') })
  const bytes = await studio.page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 90
    canvas.height = 60
    canvas.getContext('2d')!.fillRect(10, 10, 30, 30)
    return canvas.toDataURL('image/png').split(',')[1]!
  })
  const { imported, refused } = await client.pictures.importBytes({ project, name: 'Pasted.png', upload: 'paste-0001', offset: 0, bytes, last: true })
  expect(refused).toEqual([])
  const { picture } = await client.items.get({ project, item: imported[0]!.item })
  expect(await shown(studio.page, pictureUrl(project, picture!, 640))).toEqual([90, 60])
  const out = join(studio.userData, 'out')
  const { files } = await client.exchange.exportAll({ project, path: out })
  expect(files.map(({ name }) => name)).toEqual(['pictures/Pasted.png'])
  expect(readFileSync(join(out, 'pictures', 'Pasted.png')).toString('base64')).toBe(bytes)
})
