import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openClient, type StudioClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 240_000 })

const reviewTab = (page: Page) => page.getByRole('tabpanel', { name: 'Review' })
const sheet = (page: Page) => page.locator('.text-work .ProseMirror')

async function show(page: Page, path: string, view = ''): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash }, `#/project/${encodeURIComponent(path)}${view}`)
}

/** Adds words at the end of a text, as somebody who types. */
async function write(page: Page, words: string): Promise<void> {
  await sheet(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(words)
  await expect(sheet(page)).toContainText(words)
}

const saysOnDisk = async (client: StudioClient, at: { project: string; item: string }, words: string) =>
  expect.poll(async () => JSON.stringify((await client.texts.open({ ...at, session: 'spec-reader' })).doc)).toContain(words)

test('four pictures and a text go through review, a colleague’s copy comes in, and everything is handed over', async ({ studio, launcher }) => {
  const { page } = studio
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  const client = await openClient(page)
  await client.system.changeSettings({ name: 'Marit Aldous' })
  const path = join(studio.userData, 'Low water.galley')
  const { handle: project } = await client.projects.create({ title: 'Low water', path })
  const { id: text } = await client.items.create({ project, kind: 'text', title: 'Letter' })
  await show(page, path, `/item/${text}`)
  await write(page, 'The heron stayed. Nobody in the harbour had seen it come, and nobody saw it go.')
  await saysOnDisk(client, { project, item: text }, 'The heron stayed.')

  // Four pictures are asked for; previews come while they are made.
  const previews: string[] = []
  page.on('request', (request) => { if (request.url().includes('/assets/preview/')) previews.push(request.url()) })
  await page.getByRole('button', { name: 'New item' }).click()
  await page.getByRole('menuitem', { name: 'Picture' }).click()
  await page.getByLabel('Title', { exact: true }).and(page.locator('input')).fill('Heart')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Picture of' }).fill('a pink heart')
  await expect(page.getByRole('textbox', { name: 'Pictures' })).toHaveValue('4')
  await page.getByRole('button', { name: /^Make 4 pictures/ }).click()
  const films = page.getByRole('listbox', { name: 'Versions of this picture' })
  await expect.poll(async () => (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')?.versions ?? 0, { timeout: 90_000 }).toBe(4)
  await expect(films.getByRole('option')).toHaveCount(4)
  expect(previews.length).toBeGreaterThan(0)

  // One is kept, three are set aside.
  const picture = (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')!
  const { versions } = await client.items.versions({ project, item: picture.id })
  const kept = versions.at(-1)!
  await client.pictures.keep({ project, versions: [kept.id] })
  await client.pictures.discard({ project, versions: versions.slice(0, -1).map(({ id }) => id) })
  await expect.poll(async () => (await client.items.get({ project, item: picture.id })).heads).toEqual([kept.id])

  // A comment on a region of it, and one on the sentence of the text.
  await films.getByRole('option', { name: /1$/ }).or(films.getByRole('option').last()).first().click()
  await page.getByRole('button', { name: /^Comment on a region/ }).click()
  await page.keyboard.press('Enter')
  await page.getByLabel('What about this region?').fill('Less pink here')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await client.review.threads({ project, item: picture.id })).map((thread) => [thread.text, thread.anchor.type])).toEqual([['Less pink here', 'region']])
  const words = { type: 'words', from: 1, to: 18, quote: 'The heron stayed.', prefix: '', suffix: '' } as const
  await client.review.comment({ project, item: text, text: 'For how long?', anchor: words })
  await show(page, path, `/item/${text}`)
  await expect(sheet(page).locator('.commented')).toHaveText('The heron stayed.')

  // Both go to review; one is approved, changes are asked for on the other.
  for (const item of [text, picture.id]) await client.review.request({ project, item })
  await page.getByRole('button', { name: /^Waiting for me/ }).click()
  const textOnDesk = page.getByRole('textbox', { name: /^Text of Letter, version/ })
  await expect(textOnDesk).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.locator('textarea:focus')).toBeVisible()
  await page.keyboard.insertText('Say more about the heron.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Changes to “Letter” are asked for.')).toBeVisible()
  await expect(textOnDesk).toBeHidden()
  await page.keyboard.press('a')
  await expect(page.getByRole('group', { name: /^Approve version \d+$/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing waits for you')).toBeVisible()
  expect((await client.items.get({ project, item: picture.id })).state).toBe('approved')
  expect((await client.items.get({ project, item: text })).state).toBe('changes-asked')

  // A copy, in which somebody else edits the text, comments and approves.
  const copy = join(studio.userData, 'Low water, copy.galley')
  await client.copies.save({ project, path: copy })
  const theirData = mkdtempSync(join(tmpdir(), 'galley-e2e-other-'))
  if (typeof launcher === 'string') throw new Error(launcher)
  const second = await launcher(theirData)
  try {
    const theirs = await openClient(second.page)
    await theirs.system.changeSettings({ name: 'Ines Calloway' })
    await show(second.page, copy, `/item/${text}`)
    await write(second.page, ' It stood on one leg.')
    const theirProject = (await theirs.projects.recent()).find((one) => one.open !== null)!.open!
    await saysOnDisk(theirs, { project: theirProject, item: text }, 'one leg')
    const { version } = await theirs.review.comment({ project: theirProject, item: text, text: 'Better?', anchor: { type: 'whole' } })
    await theirs.review.decide({ project: theirProject, version, decision: 'approve', notes: '' })
    await theirs.review.decide({ project: theirProject, version: kept.id, decision: 'approve', notes: '' })
    await theirs.projects.close({ project: theirProject })
  } finally {
    await second.close()
    rmSync(theirData, { recursive: true, force: true })
  }

  // Meanwhile the text was written on here. The copy is opened: what would come in is listed, then merged.
  await show(page, path, `/item/${text}`)
  await sheet(page).focus()
  // One key: just after the focus came, the editor sets the selection once more, and a second key may meet that.
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText('At low water. ')
  await expect(sheet(page)).toContainText('At low water. The heron')
  await saysOnDisk(client, { project, item: text }, 'At low water')
  await client.texts.keep({ project, item: text, name: 'Low water' })
  await show(page, path, `/merge/${encodeURIComponent(copy)}`)
  await expect(page.getByRole('region', { name: 'Both of you changed these' })).toContainText('Letter')
  await page.getByRole('button', { name: 'Merge all of it' }).click()
  await expect.poll(async () => (await client.items.get({ project, item: text })).heads.length).toBe(2)

  // The founder admits the colleague, whose approvals count from then on.
  await show(page, path, `/item/${picture.id}`)
  await page.getByRole('tab', { name: 'Review' }).click()
  await reviewTab(page).getByRole('region', { name: 'People' }).getByRole('button', { name: 'Admit Ines Calloway' }).click()
  await expect.poll(async () => (await client.review.view({ project, item: picture.id })).decisions.filter((one) => one.counts).length).toBe(2)

  // The two heads of the text are combined; the merge is taken back, and done again.
  await show(page, path, `/item/${text}`)
  await page.getByRole('button', { name: 'Combine…' }).first().click()
  await page.getByRole('button', { name: /^Make version/ }).click()
  await expect(sheet(page)).toContainText('At low water. The heron stayed. Nobody in the harbour had seen it come, and nobody saw it go. It stood on one leg.')
  for (let step = 0; step < 3; step += 1) await client.projects.undo({ project })
  expect((await client.review.threads({ project, item: text })).map((thread) => thread.text)).toEqual(['For how long?'])
  await show(page, path, `/merge/${encodeURIComponent(copy)}`)
  await page.getByRole('button', { name: 'Merge all of it' }).click()
  await expect.poll(async () => (await client.review.threads({ project, item: text })).length).toBe(2)

  // Everything is handed over, with a manifest, and both files are whole.
  const { path: folder } = await client.exchange.exportAll({ project, path: join(studio.userData, 'out') })
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: { name: string; sha256: string }[] }
  for (const { name, sha256 } of manifest.files) expect(createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')).toBe(sha256)
  expect(manifest.files.map((file) => file.name.split('.').at(-1))).toEqual(expect.arrayContaining(['md', 'png']))
  expect(problems).toEqual([])
  await client.projects.close({ project })
  for (const file of [path, copy]) expect(await client.projects.check({ path: file, rebuild: false })).toMatchObject({ ok: true, problems: [] })
})
