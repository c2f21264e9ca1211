import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { tinyDiffusionFolder } from '../src/engine/image/testing/tiny-diffusion.js'
import { writeFolder } from '../src/engine/image/testing/tiny-onnx.js'
import { tinyModel, writeGguf } from '../src/engine/text/testing.js'
import { openClient } from './support/client.js'
import { prepareProject, prepareText, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 120_000 })
test.use({ actionTimeout: 15_000 })

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const short = (hash: string): string => `${hash.slice(0, 4)}…${hash.slice(-4)}`

async function command(page: Page, words: string): Promise<void> {
  await expect(page.locator('[data-pane="desk"]')).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.insertText(`>${words}`)
  await page.getByRole('option', { name: words }).first().click()
}

test('a model file and a model folder are added from anywhere, read where they lie, shown with their hash, and used at once', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  const elsewhere = mkdtempSync(join(tmpdir(), 'galley-models-'))
  try {
    const file = join(elsewhere, 'tiny.gguf')
    const bytes = writeGguf(tinyModel)
    writeFileSync(file, bytes)
    writeFileSync(join(elsewhere, 'letter.gguf'), 'Dear model')
    const folder = await writeFolder(join(elsewhere, 'painter'), tinyDiffusionFolder())
    await show(page, path)
    const dialog = page.getByRole('dialog')

    // From the palette, wherever one is. What is no model is said, with another try.
    if (studio.shell === 'browser') {
      await command(page, 'Add a model file…')
      // It begins where something is, also while no folder of projects was made.
      await expect(dialog.getByLabel('Path')).not.toHaveValue('')
      await expect(dialog.getByRole('alert')).toHaveCount(0)
      // Escape leaves it from a field as well.
      await dialog.getByLabel('Path').focus()
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
      await command(page, 'Add a model file…')
      await dialog.getByLabel('Path').fill(elsewhere)
      await dialog.getByLabel('Path').press('Enter')
      await dialog.getByRole('option', { name: /^letter\.gguf/ }).click()
      await expect(page.getByRole('alert')).toContainText('letter.gguf is not a model that Galley can run. It is not a GGUF file.')
      await page.getByRole('alert').getByRole('button', { name: 'Add a model…' }).click()
      await dialog.getByLabel('Path').fill(elsewhere)
      await dialog.getByLabel('Path').press('Enter')
      await dialog.getByRole('option', { name: /^tiny\.gguf/ }).click()
      await expect(page.getByText('tiny was added.')).toBeVisible()
      await page.getByRole('button', { name: 'Add a folder…' }).first().click()
      await dialog.getByLabel('Path').fill(folder)
      await dialog.getByLabel('Path').press('Enter')
      await expect(dialog.getByRole('option', { name: /^unet/ })).toBeVisible()
      await dialog.getByRole('button', { name: 'Choose this folder' }).click()
      await expect(page.getByText('Tiny diffusion was added.')).toBeVisible()
    } else {
      await client.models.add({ path: file })
      await client.models.add({ path: folder })
      await show(page, path, '/models')
    }
    const writer = page.getByRole('article', { name: 'tiny', exact: true })
    await expect(writer).toContainText(short(sha256(bytes)))
    await expect(writer).toContainText('tiny.gguf')
    const hashes = Object.values(tinyDiffusionFolder()).map((content) => sha256(content))
    await expect(page.getByRole('article', { name: 'Tiny diffusion' })).toContainText(short(sha256(hashes.sort().join('\n'))))

    // In place: nothing was copied. Used at once: it paints.
    expect(readdirSync(elsewhere).sort()).toEqual(['letter.gguf', 'painter', 'tiny.gguf'])
    const models = await client.models.list()
    expect(new Set(models.filter(({ builtIn }) => !builtIn).map((model) => model.path))).toEqual(new Set([folder, file]))
    const modelsFolder = (await client.system.settings()).modelsFolder
    expect(existsSync(join(modelsFolder, 'tiny.gguf'))).toBe(false)
    const painter = models.find(({ name }) => name === 'Tiny diffusion')!
    await client.system.changeSettings({ imageModel: painter.id })
    const { id: item } = await client.items.create({ project, kind: 'image', title: 'Cat' })
    await show(page, path, `/item/${item}`)
    await page.getByLabel('Picture of').fill('red cat')
    await page.getByRole('button', { name: /^Make \d picture/ }).click()
    await expect.poll(async () => (await client.items.get({ project, item })).versions, { timeout: 60_000 }).toBeGreaterThan(0)
    const { versions } = await client.items.versions({ project, item })
    expect(versions[0]!.recipe).toMatchObject({ by: 'image-model', model: { name: 'Tiny diffusion', hash: sha256(hashes.sort().join('\n')) } })
  } finally {
    rmSync(elsewhere, { recursive: true, force: true })
  }
})

test('a person is admitted and removed, what they decided counts and counts no more, and the log holds', async ({ studio, launcher }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Note', ['The tide went out.'], { version: 'First' })
  const copy = join(studio.userData, 'For Ines.galley')
  await client.copies.save({ project, path: copy })

  // Somebody else approves in a copy; it comes back.
  const theirData = mkdtempSync(join(tmpdir(), 'galley-e2e-other-'))
  if (typeof launcher === 'string') throw new Error(launcher)
  const second = await launcher(theirData)
  try {
    const theirs = await openClient(second.page)
    await theirs.system.changeSettings({ name: 'Ines Calloway' })
    const { handle } = await theirs.projects.open({ path: copy })
    const { heads } = await theirs.items.get({ project: handle, item })
    await theirs.review.decide({ project: handle, version: heads[0]!, decision: 'approve', notes: '' })
    await theirs.projects.close({ project: handle })
  } finally {
    await second.close()
    rmSync(theirData, { recursive: true, force: true })
  }
  await client.copies.merge({ project, path: copy })

  await show(page, path, `/item/${item}`)
  await page.getByRole('tab', { name: 'Review' }).click()
  const tab = page.getByRole('tabpanel', { name: 'Review' })
  const people = tab.getByRole('region', { name: 'People' })
  await expect(tab.getByText('does not count: Ines Calloway is not admitted')).toBeVisible()
  await people.getByRole('button', { name: 'Admit Ines Calloway' }).click()
  await expect(tab.getByText('Approved', { exact: true })).toBeVisible()

  await people.getByRole('button', { name: 'Remove Ines Calloway from the project' }).click()
  await expect(people.getByText(/What Ines Calloway decided is still shown, but counts no more/)).toBeVisible()
  await people.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(tab.getByText('does not count: Ines Calloway is not admitted')).toBeVisible()
  await expect(people.getByRole('button', { name: 'Admit Ines Calloway' })).toBeVisible()
  expect((await client.items.get({ project, item })).state).not.toBe('approved')

  // The log says who did it, and holds: every hash and every signature.
  await tab.getByRole('button', { name: 'Audit log' }).click()
  const rows = page.getByRole('grid', { name: 'Entries' }).getByRole('row')
  await expect(rows.filter({ hasText: 'Remove a person' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'Admit a person' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Check the log' }).click()
  await expect(page.getByText(/^The log holds: \d+ entries/)).toBeVisible()
})

test('a model that is too large says what it needs, what there is and what fits, and that one is taken by a press', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, path } = prepared
  const elsewhere = mkdtempSync(join(tmpdir(), 'galley-models-'))
  try {
    for (const [name, size] of [['modest', null], ['enormous', 2 ** 40]] as const) {
      writeFileSync(join(elsewhere, `${name}.gguf`), writeGguf(tinyModel))
      // A terabyte that takes no room: the file has a hole.
      if (size !== null) truncateSync(join(elsewhere, `${name}.gguf`), size)
      await client.models.add({ path: join(elsewhere, `${name}.gguf`) })
    }
    const item = await prepareText(prepared, 'Letter', ['The tide went out.'])
    await show(page, path, `/item/${item}`)
    await page.getByRole('tab', { name: 'Make' }).click()
    const make = page.getByRole('tabpanel', { name: 'Make' })
    await make.getByRole('button', { name: /Model/ }).click()
    await page.getByRole('option', { name: /^enormous/ }).click()
    await make.getByLabel('Brief').fill('A letter to our readers')
    await make.getByRole('button', { name: /^Draft a proposal/ }).click()
    await expect(make.getByRole('alert')).toContainText(/^This asks for 1,099\.5 GB, \d.* may be used\. .+ fits\./)
    await make.getByRole('alert').getByRole('button', { name: /^Use / }).click()
    await expect(make.getByRole('alert')).toHaveCount(0)
    await expect(make.getByRole('button', { name: /Model/ })).not.toContainText('enormous')
    expect((await client.jobs.list({})).length).toBe(0)
  } finally {
    rmSync(elsewhere, { recursive: true, force: true })
  }
})
