import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareProject, prepareText, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test('everything is exported into an archive from the menu, and a copy never takes the place of a file', async ({ studio }) => {
  test.skip(studio.shell === 'desktop', 'the desktop shell asks for the place by a dialog of the system')
  const { page, userData } = studio
  const prepared = await prepareProject(page, userData)
  await prepareText(prepared, 'Letter', ['To our readers.'])
  await show(page, prepared.path)
  await page.getByRole('button', { name: 'Autumn catalogue' }).click()
  await page.getByRole('menuitem', { name: 'Export everything…' }).click()
  await page.getByRole('dialog', { name: 'Export everything' }).getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const archive = join(userData, 'Autumn catalogue.zip')
  await expect(page.getByText(`1 file is in ${archive}.`)).toBeVisible()
  expect(existsSync(archive)).toBe(true)

  await page.getByRole('button', { name: 'Autumn catalogue' }).click()
  await page.getByRole('menuitem', { name: 'Save a copy…' }).click()
  await page.getByRole('textbox', { name: 'File name' }).fill('Autumn catalogue')
  await expect(page.getByText('it is never written over')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await page.getByRole('textbox', { name: 'File name' }).fill('For Berta')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(`The copy is in ${join(userData, 'For Berta.galley')}.`)).toBeVisible()
  expect(readdirSync(userData).filter((name) => name.includes('partial'))).toEqual([])
})

test('many files are brought in at once; cancelled, what came in stays and the rest can follow', async ({ studio }) => {
  test.skip(studio.shell === 'desktop', 'the harness gives no paths of files')
  const { page, userData } = studio
  const { client, path, project } = await prepareProject(page, userData)
  await show(page, path)
  // Enough that nobody's computer has them in before a person can press Cancel.
  const all = 500
  const folder = join(userData, 'texts')
  mkdirSync(folder)
  const files = Array.from({ length: all }, (_, index) => join(folder, `Text ${String(index).padStart(3, '0')}.md`))
  for (const file of files) writeFileSync(file, '# A text\n\nIts words.\n')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Bring in' }).click()
  await (await chooser).setFiles(files)
  const note = page.locator('.bring-in-note')
  await note.getByRole('button', { name: 'Cancel' }).click()
  await expect(note.getByText(/did not get their turn/)).toBeVisible()
  const count = async (): Promise<number> => (await client.items.list({ project })).items.length
  const came = await count()
  expect(came).toBeGreaterThan(0)
  expect(came).toBeLessThan(all)
  await note.getByRole('button', { name: 'Bring in the rest' }).click()
  await expect.poll(count, { timeout: 60_000 }).toBe(all)
  await expect(note.getByText(`${all - came} files were brought in.`)).toBeVisible()
})

test('[DRAFT1] when the window that writes is closed, another one may write without being asked', async ({ studio }) => {
  test.skip(studio.shell === 'desktop', 'the desktop shell opens one window')
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const item = await prepareText(prepared, 'Letter', ['To our readers.'])
  const writing = await page.context().newPage()
  await writing.goto(page.url())
  await show(writing, prepared.path, `/item/${item}`)
  await expect(writing.getByRole('textbox', { name: 'Text of Letter' })).toHaveText('To our readers.')
  await show(page, prepared.path, `/item/${item}`)
  await expect(page.getByText('Another window edits this text')).toBeVisible()
  await writing.close()
  await expect(page.getByText('Another window edits this text')).toBeHidden()
  const sheet = page.getByRole('textbox', { name: 'Text of Letter' })
  await sheet.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Written on.')
  await expect(sheet).toHaveText('To our readers. Written on.')
})
