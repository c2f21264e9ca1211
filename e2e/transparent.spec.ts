import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareProject, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 180_000 })

test('a picture on a transparent background: asked for in Make, seen on a checkerboard, told by its recipe and made again to the bit', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  const { id: item } = await client.items.create({ project, kind: 'image', title: 'Ornament' })
  await show(page, path)
  await page.getByText('Ornament').first().click()
  await page.getByRole('tab', { name: 'Make' }).click()
  await page.getByLabel('Picture of').fill('red heart, modern')
  // React Aria draws the box; the input itself lies hidden under it.
  await page.getByText('Transparent background').click()
  await expect(page.getByRole('checkbox', { name: /^Transparent background/ })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  const picture = page.getByRole('img', { name: /^Ornament, version 4:/ })
  await page.getByRole('listbox', { name: 'Versions of this picture' }).getByRole('option', { name: 'Version 4' }).click({ timeout: 90_000 })
  await expect(picture).toHaveCSS('background-image', /repeating-conic-gradient/)
  const version = (await client.items.versions({ project, item })).versions[0]!
  expect(version.recipe).toMatchObject({ transparent: true })

  const { job } = await client.pictures.remake({ project, version: version.id })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 60_000 }).toBe('done')
  expect((await client.jobs.get({ job })).remake).toMatchObject({ identical: true })

  // PNG keeps the transparency; a JPEG lies on white, and the dialog says so.
  const [png, jpeg] = ['png', 'jpg'].map((ending) => join(studio.userData, `ornament.${ending}`)) as [string, string]
  await client.exchange.exportPicture({ project, version: version.id, path: png, format: 'png' })
  // Byte 25 of a PNG: 6 is colour with alpha.
  expect((await readFile(png))[25]).toBe(6)
  await client.exchange.exportPicture({ project, version: version.id, path: jpeg, format: 'jpeg' })
  await page.getByRole('button', { name: 'Export the picture' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export the picture' })
  await expect(dialog).not.toContainText('becomes white')
  await dialog.getByRole('button', { name: /^PNG/ }).click()
  await page.getByRole('option', { name: /^JPEG/ }).click()
  await expect(dialog).toContainText('what is transparent becomes white')
})
