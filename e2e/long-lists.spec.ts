import type { Page } from '@playwright/test'
import { prepareProject, prepareText, show } from './support/prepare.js'
import { breaches } from './support/rules.js'
import { expect, test } from './support/studio.js'

const tree = (page: Page) => page.getByRole('treegrid', { name: 'Items' })

test('the desk of hundreds of items is walked, named and ordered by keys alone', async ({ studio }) => {
  const { page } = studio
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { client, project, path } = await prepareProject(page, studio.userData)
  const { id: folder } = await client.items.createFolder({ project, title: 'Sources' })
  await client.items.create({ project, kind: 'text', title: 'A source', folder })
  const ids: string[] = []
  for (let number = 1; number <= 300; number++) ids.push((await client.items.create({ project, kind: 'text', title: `Text ${number}` })).id)
  await show(page, path)
  const rows = tree(page).getByRole('row')
  await expect(rows.first()).toHaveAccessibleName('Sources')
  // Only what is seen is in the page, and says where it stands among all.
  expect(await rows.count()).toBeLessThan(80)
  await expect(page.getByRole('row', { name: 'Text 1', exact: true })).toHaveAttribute('aria-setsize', '301')

  // To the end and back: focus is where the keys are, also where nothing was drawn before.
  await rows.first().focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('row', { name: 'Text 300', exact: true })).toBeFocused()
  await expect(page.getByRole('row', { name: 'Text 300', exact: true })).toBeInViewport()
  await expect(page.getByRole('row', { name: 'Sources' })).toHaveCount(0)
  await expect(page.locator('.text-work .ProseMirror')).toBeVisible()
  await expect(page.getByRole('row', { name: 'Text 300', exact: true })).toHaveAttribute('aria-selected', 'true')

  // Scrolled away and back with the wheel, the keys go on from where they were.
  await tree(page).hover()
  await page.mouse.wheel(0, -20_000)
  await expect(page.getByRole('row', { name: 'Sources' })).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('row', { name: 'Text 299', exact: true })).toBeFocused()
  await expect(page.getByRole('row', { name: 'Text 299', exact: true })).toBeInViewport()

  // Letters find a title, arrows open and close folders.
  await page.keyboard.type('sou')
  await expect(page.getByRole('row', { name: 'Sources' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('row', { name: 'A source' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('row', { name: 'Sources' })).toHaveAttribute('aria-expanded', 'false')
  await expect(page.getByRole('row', { name: 'A source' })).toHaveCount(0)

  // Moved and named without a mouse.
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('row', { name: 'Text 1', exact: true })).toBeFocused()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(async () => order(await client.items.list({ project })).slice(0, 2)).toEqual(['Text 2', 'Text 1'])
  await expect(page.getByRole('row', { name: 'Text 1', exact: true })).toBeFocused()
  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: 'Rename' }).getByRole('textbox').fill('The first')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: 'The first' })).toBeVisible()
  // Before the folder, and then into it.
  await page.getByRole('row', { name: 'Text 2', exact: true }).focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(async () => (await client.items.get({ project, item: ids[1]! })).folder).toBe(folder)

  // Dragged back out, below another row.
  await page.getByRole('row', { name: 'Sources' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('row', { name: 'Text 2', exact: true }).dragTo(page.getByRole('row', { name: 'Text 4', exact: true }), { targetPosition: { x: 60, y: 24 } })
  await expect.poll(async () => (await client.items.get({ project, item: ids[1]! })).folder).toBe(null)
  await expect.poll(async () => order(await client.items.list({ project })).slice(0, 4)).toEqual(['The first', 'Text 3', 'Text 4', 'Text 2'])
  expect(await breaches(page, 'desk')).toEqual([])
})

test('texts stand in the gallery as cards, and a long list of versions is chosen from by keys', async ({ studio }) => {
  const { page } = studio
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  await prepareText(prepared, 'Letter', ['The tide went out at ten past four and left the harbour its boats.'], { version: 'First' })
  const item = await prepareText(prepared, 'Notes', ['Grey herons nest together.'], { version: 'Version number 1' })
  for (let number = 2; number <= 140; number++) await client.texts.keep({ project, item, name: `Version number ${number}` })

  await show(page, path, '/gallery')
  const grid = page.getByRole('listbox', { name: 'Pictures and texts, newest first' })
  await expect(grid.getByRole('option')).toHaveCount(2)
  await expect(grid.getByRole('option', { name: /^Notes Version 140 Draft/ })).toContainText('Grey herons')
  await page.getByRole('radio', { name: 'Pictures' }).click()
  await expect(page.getByText('No pictures yet')).toBeVisible()
  await page.getByRole('radio', { name: 'Texts' }).click()
  const breaks = await breaches(page, 'gallery of texts')
  await grid.getByRole('option').first().click()
  await page.keyboard.press('Enter')
  await expect(page.locator('.text-work .ProseMirror')).toContainText('Grey herons')

  await page.getByRole('tab', { name: 'Versions' }).click()
  const versions = page.getByRole('listbox', { name: 'Versions', exact: true })
  await expect(versions.getByRole('option').first()).toHaveAttribute('aria-setsize', '140')
  expect(await versions.getByRole('option').count()).toBeLessThan(60)
  await versions.getByRole('option').first().click()
  await page.keyboard.press('End')
  const recipe = page.getByRole('region', { name: 'Recipe' })
  await expect(recipe.getByRole('heading')).toContainText('1')
  await expect(versions.getByRole('option', { name: /Version number 1\b/ })).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await expect(versions.getByRole('option', { name: /Version number 2\b/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await expect(versions.getByRole('option', { name: /Version number 140\b/ })).toHaveAttribute('aria-selected', 'true')
  // What was chosen stays chosen while it is out of sight.
  await versions.hover()
  await page.mouse.wheel(0, 20_000)
  await expect(versions.getByRole('option', { name: /Version number 1\b/ })).toBeInViewport()
  await expect(versions.getByRole('option', { name: /Version number 140\b/ })).toHaveCount(0)
  await page.mouse.wheel(0, -20_000)
  await expect(versions.getByRole('option', { name: /Version number 140\b/ })).toHaveAttribute('aria-selected', 'true')
  breaks.push(...await breaches(page, 'versions'))
  expect(breaks).toEqual([])
})

/** Titles of what lies at the top of the desk, folders left out, in order. */
function order({ items }: { items: readonly { title: string; order: string; folder: string | null }[] }): string[] {
  return items.filter(({ folder }) => folder === null).sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ title }) => title)
}
