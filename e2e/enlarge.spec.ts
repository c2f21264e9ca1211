import AxeBuilder from '@axe-core/playwright'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { prepareProject, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 180_000 })

test('a small picture becomes a large one: from the toolbar, the palette, the gallery and together with its making', async ({ studio }) => {
  const { page } = studio
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { client, project, path } = await prepareProject(page, studio.userData)
  await show(page, path)
  const films = page.getByRole('listbox', { name: 'Versions of this picture' })
  const { job, item } = await client.pictures.ask({ project, item: null, title: 'Cover', prompt: 'pink heart, modern', seed: 3 })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 60_000 }).toBe('done')
  const versions = async () => (await client.items.versions({ project, item })).versions

  // From the toolbar, and the larger one is shown once it is there.
  await page.getByRole('row', { name: 'Cover' }).click()
  await expect(page.getByRole('img', { name: /^Cover, version 1/ })).toBeVisible()
  await page.locator('.toolbar').getByRole('button', { name: 'Enlarge ×4' }).click()
  await expect(films.getByRole('option', { name: 'Version 2' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('img', { name: 'Cover, version 2' })).toBeVisible()
  const [large, small] = await versions()
  expect(large).toMatchObject({ parents: [small!.id], content: { width: 512, height: 512 }, recipe: { operation: 'upscale', factor: 4 } })

  // Its recipe says what was done, and it is made again to the bit.
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByText('Enlarged ×4 with Drawing enlarger ×4').first()).toBeVisible()
  await page.getByRole('button', { name: 'Make again' }).click()
  await expect(page.getByText('Made again on this computer: every bit the same.')).toBeVisible({ timeout: 60_000 })

  // Make offers it with the size that comes, and can ask for both at once.
  await page.getByRole('tab', { name: 'Make' }).click()
  await expect(page.getByText(/512 × 512 becomes 2,048 × 2,048/)).toBeVisible()
  await page.getByLabel('Picture of').fill('green leaf')
  await page.getByText('Also at 512 × 512').click()
  const violations = (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  await page.getByRole('group', { name: 'Pictures' }).getByRole('textbox').or(page.getByLabel('Pictures', { exact: true }).and(page.locator('input'))).first().fill('1')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+Enter')
  await expect(films.getByRole('option', { name: 'Version 4' })).toBeVisible({ timeout: 60_000 })
  expect((await versions()).slice(0, 2).map(({ content }) => content.type === 'blob' && content.width)).toEqual([512, 128])

  // From the palette.
  await films.getByRole('option', { name: 'Version 3' }).click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('enlarge')
  await page.keyboard.press('Enter')
  await expect(films.getByRole('option', { name: 'Version 5' })).toBeVisible({ timeout: 60_000 })

  // From the gallery: what is chosen, one job each.
  await show(page, path, '/gallery')
  const grid = page.getByRole('listbox', { name: 'Pictures and texts, newest first' })
  await expect(grid.getByRole('option')).toHaveCount(5)
  await grid.getByRole('option').nth(3).click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Enlarge ×4' }).click()
  await expect.poll(async () => (await versions()).length, { timeout: 90_000 }).toBe(7)
  expect([...violations, ...problems]).toEqual([])
})

test('a picture that would become too large says so instead of being enlarged', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  const file = join(studio.userData, 'wide.png')
  await writeFile(file, await sharp({ create: { width: 2600, height: 1600, channels: 3, background: '#446688' } }).png().toBuffer())
  const { imported: [wide] } = await client.pictures.import({ project, paths: [file] })
  await show(page, path)
  await page.getByRole('row', { name: 'wide' }).click()
  await expect(page.getByRole('img', { name: 'wide, version 1' })).toBeVisible()
  await expect(page.locator('.toolbar').getByRole('button', { name: 'Enlarge ×4' })).toBeDisabled()
  await page.getByRole('tab', { name: 'Make' }).click()
  await expect(page.getByText('Enlarged it would have more than 64 million pixels.')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('enlarge')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('wide has 4,160,000 pixels, at most 4,000,000 can be taken in.')
  expect((await client.items.versions({ project, item: wide!.item })).versions).toHaveLength(1)
})
