import { expect, test } from './support/studio.js'
import { prepareProject, prepareText, show } from './support/prepare.js'

test('by the keyboard alone, words of a text are found in the palette and Enter opens it', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const heron = await prepareText(prepared, 'The Tide Heron', ['The lamp was lit by hand. A grey heron stood at low water.'])
  const letter = await prepareText(prepared, 'Editor’s letter', ['To our readers.'])
  await prepared.client.review.comment({ project: prepared.project, item: letter, text: 'Name the printer here?', anchor: { type: 'whole' } })
  await show(page, prepared.path)
  await expect(page.getByRole('grid', { name: 'Items' }).or(page.getByRole('treegrid', { name: 'Items' }))).toBeVisible()

  const palette = page.getByRole('dialog', { name: 'Search, or run a command' })
  const find = async (words: string) => {
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(words)
  }

  // Only the text has it: Enter at once, before the answer is there.
  await find('low water')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`/item/${heron}$`))

  // Chosen with the arrows, and what was found is marked.
  await find('printer')
  const hit = palette.getByRole('group', { name: /In texts/ }).getByRole('option')
  await expect(hit).toHaveCount(1)
  await expect(hit.locator('mark')).toHaveText('printer')
  await expect(hit).toContainText('comment on Editor’s letter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`/item/${letter}$`))

  // Titles and commands as before.
  await find('tide')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/item/${heron}$`))

  await find('zebra')
  await expect(palette.getByText('Pictures are found by their words, not by their pixels.', { exact: false })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()

  // From the desk's filter to everything.
  await page.getByRole('searchbox', { name: 'Search this project' }).focus()
  await page.keyboard.type('heron stood')
  await page.keyboard.press('Enter')
  await expect(palette.getByRole('combobox')).toHaveValue('heron stood')
  await expect(hit.locator('mark')).toHaveText(['heron', 'stood'])
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`/item/${heron}$`))
})
