import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/studio.js'
import { hasModel, prepareProject, prepareText, show } from './support/prepare.js'

/** What breaks the rules of accessibility in one of the parts that are new here, in both themes. */
async function breaches(page: Page, part: string): Promise<string[]> {
  const found: string[] = []
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
    for (const { id, nodes } of violations) for (const { html } of nodes) found.push(`${part}, ${theme}: ${id}: ${html.slice(0, 160)}`)
  }
  return found
}

test('a project is searched by meaning, from the desk and the palette, by the keyboard', async ({ studio }) => {
  const { page } = studio
  // Colours on their way from one theme to the other belong to neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const prepared = await prepareProject(page, studio.userData)
  const { client, project } = prepared
  test.skip(!(await hasModel(prepared, 'image')), 'the built-in picture model is not there')
  const harbour = await prepareText(prepared, 'Low water', ['Twice a day the harbour is taken away, and nobody sees it go. The boats lie down, each on the side it prefers, like cattle.'])
  const supper = await prepareText(prepared, 'Supper', ['Chop two onions finely and let them sweat in butter until they are soft, then add the rice.'])
  await client.review.comment({ project, item: supper, text: 'This is far too long, can we cut it?', anchor: { type: 'whole' } })
  await show(page, prepared.path)
  await expect.poll(async () => (await client.search.meaning({ project })).state, { timeout: 60_000 }).toBe('ready')

  const palette = page.getByRole('dialog', { name: 'Search, or run a command' })
  const byMeaning = palette.getByRole('group', { name: /By meaning/ }).getByRole('option')
  const find = async (words: string) => {
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(words)
  }

  // None of these words stands anywhere: Enter waits for what meaning finds, and opens it.
  await find('a vessel on the shore')
  await expect(byMeaning.first()).toContainText('The boats lie down')
  await expect(palette.getByRole('group', { name: /In texts/ })).toHaveCount(0)
  await expect(palette.getByText('it does not look at pixels', { exact: false })).toBeVisible()
  expect(await breaches(page, '.palette')).toEqual([])
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page).toHaveURL(new RegExp(`/item/${harbour}$`))

  await find('make it shorter')
  await expect(byMeaning.first()).toContainText('comment on Supper')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/item/${supper}$`))

  // What has the words stands first, and is not said again.
  await find('onions')
  await expect(palette.getByRole('group', { name: /In texts/ }).getByRole('option')).toHaveCount(1)
  await expect(byMeaning.filter({ hasText: 'text of Supper' })).toHaveCount(0)
  await page.keyboard.press('Escape')

  await find('quantum chromodynamics')
  await expect(palette.getByText('Nothing has “quantum chromodynamics” in it')).toBeVisible()
  await page.keyboard.press('Escape')

  // On the desk, under the rows whose titles fit.
  await page.getByRole('searchbox', { name: 'Search this project' }).focus()
  await page.keyboard.type('a vessel on the shore')
  const onDesk = page.getByRole('listbox', { name: 'Found in this project' }).getByRole('group', { name: /By meaning/ }).getByRole('option')
  await expect(onDesk.first()).toContainText('text of Low water')
  expect(await breaches(page, '.desk-hits')).toEqual([])
  await onDesk.first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/item/${harbour}$`))

  // Switched off, the desk says so and leads to the switch.
  await client.system.changeSettings({ searchByMeaning: false })
  await expect(onDesk).toHaveCount(0)
  await page.getByLabel('Desk').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('switch', { name: 'Search by meaning' })).not.toBeChecked()
  expect(await breaches(page, '.settings-page')).toEqual([])
  await page.getByRole('switch', { name: 'Search by meaning' }).click()
  await expect(page.getByText('Everything in the open project is read.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(onDesk.first()).toContainText('text of Low water')
})
