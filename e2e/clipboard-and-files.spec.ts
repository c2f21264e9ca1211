import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { prepareProject, prepareText, show, whenDone } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 240_000 })
test.use({ actionTimeout: 10_000 })

/** Answers the shell's own question for a path: the dialog of the page, or that of the system, which no spec can press. */
async function choose(page: Page, shell: 'browser' | 'desktop', name: RegExp, folder: string, file: string): Promise<void> {
  if (shell === 'desktop') return
  const dialog = page.getByRole('dialog', { name })
  await dialog.getByLabel('Path').fill(folder)
  await dialog.getByLabel('Path').press('Enter')
  await expect(dialog.getByLabel('Path')).toHaveValue(folder)
  await dialog.getByLabel('File name').fill(file)
  await dialog.getByRole('button', { name: 'Save' }).click()
}

test('a picture is exported from its dialog in every format, and each file says in itself that a model made it', async ({ studio }) => {
  test.skip(studio.shell === 'desktop', 'the desktop shell asks for the place by a dialog of the system, which no spec can press')
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const { job, item } = await client.pictures.ask({ project, item: null, title: 'Cover', prompt: 'pink heart', count: 1, seed: 5, steps: 4 })
  await whenDone(prepared, job)
  await show(page, path, `/item/${item}`)
  for (const [format, ending] of [['PNG', 'png'], ['JPEG', 'jpg'], ['WebP', 'webp'], ['AVIF', 'avif']] as const) {
    await page.getByRole('button', { name: 'Export the picture' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export the picture' }).first()
    await dialog.getByRole('button', { name: /^Format/ }).or(dialog.getByLabel('Format')).first().click()
    await page.getByRole('option', { name: new RegExp(`^${format}`) }).click()
    await dialog.getByRole('button', { name: 'Export…' }).click()
    await choose(page, studio.shell, /^Export/, studio.userData, `cover.${ending}`)
    const file = join(studio.userData, `cover.${ending}`)
    await expect(page.getByText(file)).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    const bytes = readFileSync(file)
    const { format: found, xmp } = await sharp(bytes).metadata()
    expect([format, found === 'heif' ? 'avif' : found]).toEqual([format, format === 'JPEG' ? 'jpeg' : ending])
    const packet = xmp?.toString('utf8') ?? ''
    expect(packet).toContain('http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia')
    expect(packet).not.toContain('pink heart')
  }
})

test('a picture is pasted beside a text, and Markdown into it', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Manuscript', ['The tide went out.'])
  await show(page, path, `/item/${item}`)
  const sheet = page.getByRole('textbox', { name: 'Text of Manuscript' })
  await sheet.click()
  await page.keyboard.press('Control+End')
  const paste = (kind: 'markdown' | 'picture', target: string) => page.evaluate(async ([what, selector]) => {
    const data = new DataTransfer()
    if (what === 'markdown') data.setData('text/plain', '# Herons\n\nThey *nest* together.\n\n- in trees\n- in spring')
    else {
      const canvas = document.createElement('canvas')
      canvas.width = 80
      canvas.height = 50
      canvas.getContext('2d')!.fillRect(5, 5, 40, 20)
      const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!)))
      data.items.add(new File([blob], 'image.png', { type: 'image/png' }))
    }
    document.querySelector(selector!)!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, [kind, target])
  await page.keyboard.press('Enter')
  await paste('markdown', '.text-work .ProseMirror')
  await expect(sheet.getByRole('heading', { name: 'Herons' })).toBeVisible()
  await expect(sheet.locator('em')).toHaveText('nest')
  await expect(sheet.locator('li')).toHaveCount(2)
  await expect.poll(async () => JSON.stringify((await client.texts.open({ project, item, session: 'spec-reader' })).doc)).toContain('Herons')

  await page.locator('[data-pane="desk"]').getByRole('row', { name: 'Manuscript' }).click()
  await paste('picture', '[data-pane="desk"]')
  await expect.poll(async () => (await client.items.list({ project })).items.filter(({ kind }) => kind === 'image').length).toBe(1)
  const picture = (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')!
  const { content, recipe } = await client.items.version({ project, version: picture.heads[0]! })
  expect(content).toMatchObject({ width: 80, height: 50, mediaType: 'image/png' })
  expect(recipe).toMatchObject({ by: 'import' })
})

test('a file that is dropped on the desk comes in: in the desktop shell by its path, never by its bytes', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  await show(page, path)
  const file = join(studio.userData, 'Dropped.png')
  writeFileSync(file, await sharp({ create: { width: 64, height: 40, channels: 3, background: '#c04020' } }).png().toBuffer())
  // A file of the page that the shell knows the path of: the one that a file field was given.
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { type: 'file', id: 'spec-file' })
    document.body.append(field)
  })
  await page.locator('#spec-file').setInputFiles(file)
  const known = await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#spec-file')!
    const data = new DataTransfer()
    data.items.add(field.files![0]!)
    const desk = document.querySelector('[data-pane="desk"]')!
    for (const type of ['dragover', 'drop']) desk.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    const bridge = (window as unknown as { galley?: { pathOf(file: File): string } }).galley
    return bridge ? bridge.pathOf(field.files![0]!) : null
  })
  if (studio.shell === 'desktop') expect(known).toBe(file)
  await expect(page.getByRole('img', { name: /^Dropped, version 1/ })).toBeVisible({ timeout: 20_000 })
  const [item] = (await client.items.list({ project })).items
  const { recipe, content } = await client.items.version({ project, version: item!.heads[0]! })
  expect([recipe, content]).toMatchObject([{ by: 'import', name: 'Dropped.png' }, { width: 64, height: 40 }])
})

test('a passage is illustrated from the palette, and the picture is linked to it', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Manuscript', ['A red star above a small blue house.'])
  await show(page, path, `/item/${item}`)
  await page.getByRole('textbox', { name: 'Text of Manuscript' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText('>illustrate')
  await page.getByRole('option', { name: /^Illustrate/ }).first().click()
  await expect(page.getByText('Made for a passage of “Manuscript”.')).toBeVisible()
  const fewer = page.getByRole('button', { name: 'Fewer' }).first()
  for (let count = 0; count < 3; count++) await fewer.click()
  await page.getByRole('button', { name: /^Make 1 picture/ }).click()
  await expect.poll(async () => (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')?.versions ?? 0, { timeout: 90_000 }).toBe(1)
  const picture = (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')!
  const { recipe } = await client.items.version({ project, version: picture.heads[0]! })
  expect(recipe).toMatchObject({ sources: [{ role: 'illustrates', version: (await client.items.versions({ project, item })).versions[0]!.id }] })
})
