import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { root } from '../../scripts/lib/paths.mjs'
import { parseDocument } from '../../src/document/index.js'
import { hasModel, prepareProject, prepareText, show, whenDone, type Prepared } from '../support/prepare.js'
import { expect, test } from '../support/studio.js'

test.describe.configure({ timeout: 240_000 })

const folder = join(root, 'build/pictures')
const mostBytes = 150 * 1024

/** Photographs the window in both themes, as a small picture with a palette. */
async function photograph(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => { document.documentElement.dataset.theme = wanted }, theme)
    const picture = await sharp(await page.screenshot()).png({ palette: true, colours: 128, compressionLevel: 9, effort: 10 }).toBuffer()
    expect(picture.length, name).toBeLessThanOrEqual(mostBytes)
    writeFileSync(join(folder, `${name}-${theme}.png`), picture)
  }
}

const letter = [
  'Every autumn the printer sends the first sheets before the ink is quite dry, and every autumn we spread them on the long table by the window.',
  'This year there are eleven books on it. Four are first novels. One took nine years, and its author wrote last week to ask for one more day.',
  'The one we talk about most is The Tide Heron, a picture book about a lighthouse keeper’s daughter and the bird that stood on the landing stage through a winter.',
]

/** A person goes over what was accepted: all from a paragraph on is replaced by other words. */
async function typeInstead({ client, project }: Prepared, item: string, paragraph: number, words: string): Promise<void> {
  const session = 'spec-writer'
  const { doc, number } = await client.texts.open({ project, item, session, take: true })
  const text = parseDocument(doc)
  const upTo = (end: number): number => text.children.slice(0, end).reduce((sum, { nodeSize }) => sum + nodeSize, 0)
  const slice = { content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] }
  await client.texts.append({ project, item, session, number, steps: [{ step: { stepType: 'replace', from: upTo(paragraph), to: text.content.size, slice }, origin: 'typed' }] })
  await client.texts.close({ project, item, session })
}

test('pictures of the studio at work', async ({ studio }) => {
  const { page } = studio
  mkdirSync(folder, { recursive: true })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const home = join(studio.userData, 'Documents', 'Galley')
  mkdirSync(home, { recursive: true })
  const prepared = await prepareProject(page, home)
  const { client, project, path } = prepared
  test.skip(!(await hasModel(prepared, 'text')), 'the built-in text model is not here')
  for (const title of ['Spring list', 'The Tide Heron']) await client.projects.create({ title, path: join(home, `${title}.galley`) })

  const { id: book } = await client.items.createFolder({ project, title: 'The Tide Heron' })
  const { id: catalogue } = await client.items.createFolder({ project, title: 'Catalogue' })
  await prepareText(prepared, 'Page text', ['She counted the waves up to the bird, and the bird did not count her.'], { folder: book, version: 'First pages' })
  const note = await prepareText(prepared, 'Author’s note', ['Grey herons nest together, often high in trees, and feed alone.', 'The lamp was lit by hand. It burned gas until 1974.'], { folder: book, version: 'For review' })
  await prepareText(prepared, 'Front list', ['Eleven books for the dark half of the year.'], { folder: catalogue })
  await client.review.comment({ project, item: note, text: 'The warden’s book says 1973. Can we see the page?', anchor: { type: 'whole' } })
  await client.review.request({ project, item: note, note: 'Dates are from the harbour office.' })

  const item = await prepareText(prepared, 'Editor’s letter', letter, { folder: catalogue, version: 'First sheets' })
  const first = await client.texts.ask({ project, item, operation: 'continue', prompt: 'Say why the paper is heavier than usual.', seed: 11, maxTokens: 60 })
  await whenDone(prepared, first.job)
  const [proposal] = await client.texts.proposals({ project, item })
  await client.texts.decide({ project, item, proposal: proposal!.id, decisions: proposal!.pieces.map(({ index }) => ({ piece: index, outcome: index === 0 ? 'accepted' : 'rejected' })) })
  await typeInstead(prepared, item, 3, 'We printed it on a heavier paper than we can afford. We think you will feel why.')
  await client.texts.keep({ project, item, name: 'Paper' })
  const range = { from: letter[0]!.length + 3, to: letter[0]!.length + 3 + letter[1]!.length }
  const second = await client.texts.ask({ project, item, operation: 'rewrite', prompt: 'Shorter and warmer.', range, seed: 4, maxTokens: 80 })
  await whenDone(prepared, second.job)

  await show(page, path, `/item/${item}`)
  await expect(page.getByRole('region', { name: 'Proposal' })).toBeVisible()
  await page.getByRole('tab', { name: 'Make' }).click()
  await page.getByLabel('Brief').fill('A letter to our readers about the books of this autumn: calm, and no longer than a page.')
  await page.waitForTimeout(800)
  await photograph(page, 'writing')
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Versions' })).toContainText('Paper')
  await page.waitForTimeout(500)
  await photograph(page, 'versions')
  await show(page, path, '/review')
  await expect(page.getByRole('textbox', { name: /^Text of Author’s note, version/ })).toBeVisible()
  await page.waitForTimeout(500)
  await photograph(page, 'review')
  await page.evaluate(() => { location.hash = '#/' })
  await expect(page.getByText('Spring list').first()).toBeVisible()
  await page.waitForTimeout(500)
  await photograph(page, 'welcome')
})
