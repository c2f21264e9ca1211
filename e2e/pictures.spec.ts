import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { prepareProject, prepareText, show } from './support/prepare.js'
import { breaches } from './support/rules.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 240_000 })

const films = (page: Page) => page.getByRole('listbox', { name: 'Versions of this picture' })
const table = (page: Page) => page.locator('.light-table')

test('four pictures are asked for, seen while they are made, one kept, commented, compared, traced, recalled, made again and exported', async ({ studio }) => {
  const { page } = studio
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { client, project, path } = await prepareProject(page, studio.userData)
  await show(page, path)

  // A new picture from the desk, named, and asked for in Make.
  await page.getByRole('button', { name: 'New item' }).click()
  await page.getByRole('menuitem', { name: 'Picture' }).click()
  const title = page.getByLabel('Title', { exact: true }).and(page.locator('input'))
  await title.fill('Cover')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No picture yet')).toBeVisible()
  await page.getByRole('tab', { name: 'Make' }).click()
  const { model } = await client.pictures.capabilities({})
  await expect(page.getByRole('button', { name: new RegExp(`^${model.name.replace(/[()]/g, '\\$&')}`) })).toBeVisible()
  // A demo says so where its name stands.
  if (model.demo) await expect(page.locator('.demo-hint')).toBeVisible()
  await page.getByLabel('Picture of').fill('pink heart, modern')
  await page.getByRole('button', { name: 'Seed, steps and more' }).click()
  await page.getByRole('button', { name: 'New seed' }).click()
  const steps = page.getByRole('group', { name: 'Steps' }).getByRole('textbox').or(page.getByLabel('Steps').and(page.locator('input')))
  await steps.first().fill('60')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+Enter')

  // Previews stand where the pictures will be, on the table, in the films and in the queue.
  await expect(page.locator('.print-making img')).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('.print-making img')).toHaveCSS('opacity', '1')
  await expect(films(page).getByRole('option')).toHaveCount(4)
  await page.getByRole('button', { name: 'Queue', exact: true }).click()
  await expect(page.getByRole('img', { name: /being made/ })).toBeVisible()
  // Each picture is there as soon as its version is.
  await expect(films(page).getByRole('option', { name: 'Version 1' })).toBeVisible({ timeout: 60_000 })
  await expect(films(page).getByRole('option', { name: 'Version 4' })).toBeVisible({ timeout: 90_000 })
  await expect(page.getByText('4 pictures are there.')).toBeVisible()
  await page.getByRole('button', { name: 'Queue', exact: true }).click()
  const { items } = await client.items.list({ project })
  const item = items[0]!.id
  await expect(page.getByRole('img', { name: 'Cover, version 1: “pink heart, modern”' })).toBeVisible()

  // One is kept, three are set aside, with the keys.
  await films(page).getByRole('option', { name: 'Version 1' }).click()
  await page.keyboard.press('k')
  await expect(films(page).getByRole('option', { name: 'Version 1, kept' })).toBeVisible()
  for (const number of [2, 3, 4]) {
    await films(page).getByRole('option', { name: `Version ${number}` }).click()
    await expect(page.getByRole('img', { name: new RegExp(`^Cover, version ${number}:`) })).toBeVisible()
    await page.keyboard.press('x')
    await expect(films(page).getByRole('option', { name: `Version ${number}, set aside` })).toBeVisible()
  }
  expect((await client.items.versions({ project, item })).versions.map(({ picked }) => picked)).toEqual([false, false, false, true])

  // A region is placed with the keys and commented on; its pin carries the number of the thread.
  await films(page).getByRole('option', { name: 'Version 1' }).click()
  await table(page).focus()
  await page.keyboard.press('r')
  await expect(page.getByRole('group', { name: /^Region to comment on: 35% from the left/ })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByLabel('What about this region?').fill('A softer edge here.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'Comment 1 by Marit Aldous' })).toBeVisible()
  await expect(page.getByText('A softer edge here.').first()).toBeVisible()
  const threads = await client.review.threads({ project, item })
  expect(threads[0]!.anchor).toMatchObject({ type: 'region', x: 34, y: 35, width: 30, height: 31 })

  // Another one is drawn with the mouse.
  await table(page).focus()
  await page.keyboard.press('r')
  const box = (await page.locator('.frame-layer').boundingBox())!
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75, { steps: 4 })
  await page.mouse.up()
  await page.getByLabel('What about this region?').fill('And here.')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Comment 2 by Marit Aldous' })).toBeVisible()
  const breaks = await breaches(page, 'picture')

  // Zooming with the keys.
  await table(page).focus()
  await page.keyboard.press('1')
  await expect(page.getByRole('button', { name: /^Zoom: 100%/ })).toBeVisible()
  await page.keyboard.press('0')
  await expect(page.getByRole('button', { name: /^Zoom: 100%/ })).toHaveCount(0)

  // One started from the kept one, so that there is a lineage.
  const kept = (await client.items.versions({ project, item })).versions.find(({ picked }) => picked)!
  const { job } = await client.pictures.ask({ project, item, prompt: 'blue heart, modern', image: { version: kept.id, strength: 0.6 }, seed: 5 })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 60_000 }).toBe('done')
  await films(page).getByRole('option', { name: 'Version 5' }).click()

  // Compared with a divider that the keys move.
  await page.keyboard.press('Control+d')
  const divider = page.getByRole('slider', { name: 'Divider' })
  await divider.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(divider).toHaveAttribute('aria-valuenow', '40')
  await expect(page.getByRole('heading', { name: 'What differs in the recipe' })).toBeVisible()
  await expect(page.locator('.recipe-diff')).toContainText('pink heart, modern')
  await expect(page.locator('.recipe-diff')).toContainText('blue heart, modern')
  breaks.push(...await breaches(page, 'compare'))

  // The lineage shows what it was made from; choosing shows the recipe.
  await page.getByRole('radio', { name: 'Lineage' }).click()
  const graph = page.getByRole('group', { name: 'Lineage as a graph' })
  await expect(graph.getByRole('button')).toHaveCount(5)
  await expect(page.locator('.edges path')).toHaveCount(1)
  breaks.push(...await breaches(page, 'lineage'))
  await graph.getByRole('button', { name: /^Cover, version 1, with a model/ }).click()
  const recipe = page.getByRole('region', { name: 'Recipe' })
  await expect(recipe).toContainText('pink heart, modern')

  // Made again: said before, and true afterwards.
  await expect(recipe).toContainText('Will come out the same on this computer, bit by bit.')
  await recipe.getByRole('button', { name: 'Make again' }).click()
  await expect(recipe).toContainText('Made again on this computer: every bit the same.', { timeout: 90_000 })

  // Recalled into Make, with its seed.
  await recipe.getByRole('button', { name: 'Recall the recipe' }).click()
  await expect(page.getByLabel('Picture of')).toHaveValue('pink heart, modern')
  await expect(page.getByRole('button', { name: /^Make 1 picture/ })).toBeVisible()
  const { seed } = kept.recipe as { seed: number }
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue(String(seed).replace(/\B(?=(\d{3})+$)/g, ' '))

  // The list of all versions, with where each came from.
  await show(page, path, '/lineage')
  const list = page.getByRole('listbox', { name: 'Versions, newest first' })
  await expect(list.getByRole('option')).toHaveCount(5)
  await list.getByRole('option').first().click()
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('made from Version 1')
  breaks.push(...await breaches(page, 'list'))

  // Exported, with what made it in the file.
  const file = join(studio.userData, 'cover.jpg')
  await client.exchange.exportPicture({ project, version: kept.id, path: file, format: 'jpeg' })
  expect(readFileSync(file).includes('trainedAlgorithmicMedia')).toBe(true)
  await show(page, path, `/item/${item}`)
  await page.getByRole('button', { name: 'Export the picture' }).click()
  await expect(page.getByRole('dialog', { name: 'Export the picture' })).toContainText(`The file says in itself that ${model.name} made it.`)
  breaks.push(...await breaches(page, 'export'))
  await page.keyboard.press('Escape')

  expect(breaks).toEqual([])
  expect(problems).toEqual([])
})

test('the gallery shows every picture, walks with the keys, and keeps what is chosen', async ({ studio }) => {
  const { page } = studio
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { client, project, path } = await prepareProject(page, studio.userData)
  await show(page, path, '/gallery')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  const { job } = await client.pictures.ask({ project, item: null, title: 'Hearts', prompt: 'pink heart', count: 4, seed: 3, steps: 4 })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 60_000 }).toBe('done')
  const grid = page.getByRole('listbox', { name: 'Pictures and texts, newest first' })
  await expect(grid.getByRole('option')).toHaveCount(4)
  await expect(page.getByText('4 pictures', { exact: true })).toBeVisible()

  await grid.getByRole('option').first().click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  const selection = page.getByRole('region', { name: 'Selection' })
  await expect(selection).toContainText('2 selected')
  await page.keyboard.press('k')
  await expect(grid.getByRole('option', { name: /^Hearts Version 3 kept/i })).toBeVisible()
  await expect(grid.getByRole('option', { name: /^Hearts Version 2 kept/i })).toBeVisible()
  const breaks = await breaches(page, 'gallery')
  await page.keyboard.press(' ')
  await expect(page.getByRole('dialog', { name: 'A closer look at Hearts, version 2' })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('dialog', { name: 'A closer look at Hearts, version 3' })).toBeVisible()
  breaks.push(...await breaches(page, 'closer look'))
  await page.keyboard.press('Escape')

  await page.getByRole('radio', { name: 'Kept' }).click()
  await expect(grid.getByRole('option')).toHaveCount(2)
  await page.getByRole('radio', { name: 'Set aside' }).click()
  await expect(page.getByText('Nothing was set aside')).toBeVisible()
  await page.getByRole('radio', { name: 'All' }).click()
  await grid.getByRole('option').last().dblclick()
  await expect(page.getByRole('img', { name: 'Hearts, version 1: “pink heart”' })).toBeVisible()
  expect(breaks).toEqual([])
})

test('a passage is illustrated, and files come in by dropping; what is refused is said', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Manuscript', ['A red star above a small blue house.'])
  await show(page, path, `/item/${item}`)
  const sheet = page.getByRole('textbox', { name: 'Text of Manuscript' })
  await sheet.click()
  await page.keyboard.press('Control+a')
  await page.getByRole('button', { name: 'Illustrate this passage' }).click()
  await expect(page.getByLabel('Picture of')).toHaveValue('A red star above a small blue house.')
  await expect(page.getByText('Made for a passage of “Manuscript”.')).toBeVisible()
  await page.getByRole('button', { name: 'Fewer' }).first().click()
  await page.getByRole('button', { name: /^Make 3 pictures/ }).click()
  await expect(films(page).getByRole('option', { name: 'Version 3' })).toBeVisible({ timeout: 90_000 })
  const picture = (await client.items.list({ project })).items.find(({ kind }) => kind === 'image')!
  const [made] = (await client.items.versions({ project, item: picture.id })).versions
  const { versions } = await client.items.versions({ project, item })
  expect(made!.recipe).toMatchObject({ sources: [{ role: 'illustrates', version: versions[0]!.id }] })

  await page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(new File(['# Notes\n\nThree words here.'], 'Notes.md', { type: 'text/markdown' }))
    data.items.add(new File(['not a picture at all'], 'Broken.png', { type: 'image/png' }))
    const desk = document.querySelector('[data-pane="desk"]')!
    for (const type of ['dragover', 'drop']) desk.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await expect(page.getByText('1 file was brought in.')).toBeVisible()
  await expect(page.getByText(/^Broken\.png is not a picture that can be read/)).toBeVisible()
  await expect(page.getByRole('row', { name: 'Notes' })).toBeVisible()
})
