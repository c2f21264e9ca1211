import type { Page } from '@playwright/test'
import { prepareProject, prepareText, show, whenDone } from './support/prepare.js'
import { expect, test } from './support/studio.js'

/** What a person met in the first hours of a piece of work: each step here once went wrong. */

test.describe.configure({ timeout: 240_000 })

const sheet = (page: Page) => page.locator('.text-work .ProseMirror')
const hasFocus = (page: Page) => page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body)

test('Ctrl+Enter on the focused button of a decision signs it once', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Leaflet', ['The museum opened in 1921.'], { version: 'First' })
  await show(page, path, `/item/${item}`)
  await page.getByRole('tab', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(page.getByRole('group', { name: /^Approve version/ }).getByRole('button', { name: /^Approve/ })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('group', { name: /^Approve version/ })).toHaveCount(0)
  // The form is gone with its button; the keys still have a place.
  await expect.poll(() => hasFocus(page)).toBe(true)
  await expect.poll(async () => (await client.review.view({ project, item })).decisions.length).toBe(1)
})

test('what a word processor and Markdown put on the clipboard comes in as lists, bold words and lines', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const item = await prepareText(prepared, 'Leaflet', ['Begin.'])
  await show(page, prepared.path, `/item/${item}`)
  const noise: string[] = []
  page.on('console', (message) => { if (message.type() === 'error') noise.push(message.text()) })
  await sheet(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  const paste = (html: string, text: string) => page.evaluate(([rich, plain]) => {
    const data = new DataTransfer()
    if (rich) data.setData('text/html', rich)
    data.setData('text/plain', plain!)
    document.querySelector('.text-work .ProseMirror')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, [html, text])
  const entry = (level: number, marker: string, words: string) =>
    `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level${level} lfo1'><span style='font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp; </span></span></span>${words}</p>`
  await paste(`<p class=MsoNormal>Open <span style="font-weight:700">daily</span>, the style = plain.</p>${entry(1, '·', 'Children free')}${entry(2, 'o', 'under twelve')}${entry(1, '·', 'Groups')}<p>Steps</p>${entry(1, '1.', 'Ring')}${entry(1, '2.', 'Enter')}<table><tr><td><p>Adults</p></td><td>5 €</td></tr></table>`, 'Open')
  await expect(sheet(page).locator('strong')).toHaveText('daily')
  await expect(sheet(page)).toContainText('the style = plain.')
  await expect(sheet(page).locator('ul > li')).toHaveCount(3)
  await expect(sheet(page).locator('ul ul > li')).toHaveText('under twelve')
  await expect(sheet(page).locator('ol > li')).toHaveText(['Ring', 'Enter'])
  await expect(sheet(page).getByText('Adults | 5 €')).toBeVisible()
  await expect(sheet(page)).not.toContainText('·')
  await page.keyboard.press('Enter')
  await paste('', '## Prices\n\n| who | price |\n|---|---|\n| Adults | 5 € |')
  await expect(sheet(page).locator('p', { hasText: '| who | price |' }).locator('br')).toHaveCount(2)
  expect(noise).toEqual([])
})

test('a new text goes into the folder that a person is on', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  await show(page, path)
  const make = async (kind: string, title: string) => {
    await page.getByRole('button', { name: 'New item' }).click()
    await page.getByRole('menuitem', { name: kind }).click()
    await expect(page.getByLabel('Title', { exact: true }).and(page.locator('input'))).toBeFocused()
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: title })).toBeVisible()
  }
  await make('Folder', 'Inside pages')
  await expect(page.getByRole('row', { name: 'Inside pages' })).toBeFocused()
  await make('Text', 'Page two')
  await expect(sheet(page)).toBeFocused()
  const { items, folders } = await client.items.list({ project })
  expect(items.map(({ title, folder }) => [title, folder])).toEqual([['Page two', folders[0]!.id]])
})

test('a draft for a long text is seen while it comes and when it is there', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const item = await prepareText(prepared, 'Leaflet', Array.from({ length: 40 }, (_, index) => `Paragraph ${index + 1} of a leaflet about the harbour.`))
  await show(page, prepared.path, `/item/${item}`)
  await page.getByLabel('Brief').fill('Two paragraphs about old boats in a museum.')
  await expect(page.getByRole('button', { name: /^Draft a proposal/ })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByLabel('What the model is writing')).toBeInViewport({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Proposal' })).toBeVisible({ timeout: 120_000 })
  await expect(sheet(page).locator('[data-piece="0"]')).toBeInViewport()
  await page.getByRole('button', { name: 'Next piece' }).click()
  await expect(sheet(page).locator('[data-piece="0"]')).toBeInViewport()
  await page.getByRole('button', { name: 'Accept the rest' }).click()
  await expect(page.getByRole('region', { name: 'Proposal' })).toHaveCount(0)
  await expect.poll(() => hasFocus(page)).toBe(true)
})

test('the palette finds commands by other words, and pictures are picked one after the other by keys', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const { job, item } = await client.pictures.ask({ project, item: null, title: 'Mark', prompt: 'red boat', count: 2, seed: 5, steps: 4 })
  await whenDone(prepared, job)
  await show(page, path, `/item/${item}`)
  await page.getByRole('button', { name: /^Keep/ }).click()
  await expect(page.getByRole('button', { name: /^Keep/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('x')
  const picks = async () => (await client.items.versions({ project, item })).versions.map(({ picked }) => String(picked)).sort((one, other) => one.localeCompare(other))
  await expect.poll(picks).toEqual(['false', 'true'])

  await page.keyboard.press('Control+k')
  await page.keyboard.type('write')
  await expect(page.getByRole('option', { name: /New text/ }).or(page.getByRole('menuitem', { name: /New text/ }))).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Title', { exact: true }).and(page.locator('input'))).toBeFocused()
})

test('a dialog that the palette opened gives the keys back to the text', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const item = await prepareText(prepared, 'Leaflet', ['The museum opened in 1921.'])
  await show(page, prepared.path, `/item/${item}`)
  await sheet(page).click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('export everything')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Export everything' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet(page)).toBeFocused()
})
