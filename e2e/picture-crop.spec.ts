import AxeBuilder from '@axe-core/playwright'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareProject, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 90_000 })

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#dde"/><rect x="200" width="200" height="300" fill="#a33"/></svg>'

test('a picture is cropped with the keys and the pointer, turned, resized, made again, undone, and its comments come along', async ({ studio }) => {
  const { page } = studio
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { client, project, path } = await prepareProject(page, studio.userData)
  const file = join(studio.userData, 'Boat.svg')
  writeFileSync(file, drawing)
  const { imported } = await client.pictures.import({ project, paths: [file] })
  const { item, version: first } = imported[0]!
  const { content } = await client.items.version({ project, version: first })
  const hash = content.type === 'blob' ? content.hash : ''
  await client.review.comment({ project, item, version: first, text: 'The red half.', anchor: { type: 'region', x: 60, y: 20, width: 20, height: 20, content: hash } })
  await client.review.comment({ project, item, version: first, text: 'The pale half.', anchor: { type: 'region', x: 5, y: 20, width: 20, height: 20, content: hash } })
  await show(page, path, `/item/${item}`)
  const films = page.getByRole('listbox', { name: 'Versions of this picture' })
  const table = page.locator('.light-table')
  await expect(table).toHaveAttribute('aria-label', 'Picture Boat, version 1')
  await table.focus()

  // Leaving the tool makes nothing.
  await page.keyboard.press('c')
  await expect(page.getByRole('group', { name: /^What stays: 400 by 300 pixels/ })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Crop', exact: true })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('group', { name: /^What stays/ })).toHaveCount(0)
  await expect(table).toBeFocused()

  // The left edge is pulled in by its handle with the keys, the right lower corner with the pointer.
  await page.keyboard.press('c')
  await page.getByRole('button', { name: /^Edge of the crop, left side/ }).focus()
  for (let count = 0; count < 20; count++) await page.keyboard.press('Control+ArrowRight')
  await expect(page.getByRole('group', { name: /^What stays: 200 by 300 pixels, 200 from the left/ })).toBeVisible()
  const corner = (await page.getByRole('button', { name: /^Edge of the crop, right and bottom/ }).boundingBox())!
  const layer = (await page.locator('.frame-layer').boundingBox())!
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2)
  await page.mouse.down()
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2 - layer.height / 3, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByRole('group', { name: /^What stays: 200 by 200 pixels, 200 from the left, 0 from the top/ })).toBeVisible()
  await page.getByRole('button', { name: 'Turn to the right' }).click()
  await page.getByRole('textbox', { name: 'Width' }).fill('100')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: 'Height' })).toHaveValue('100')
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes[0]!.html.slice(0, 200)}`)).toEqual([])
  }
  await page.locator('.frame').focus()
  await page.keyboard.press('Enter')
  await expect(films.getByRole('option', { name: 'Version 2' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('img', { name: 'Boat, version 2' })).toBeVisible()
  const second = (await client.items.versions({ project, item })).versions[0]!
  expect(second).toMatchObject({
    parents: [first], reason: 'edited', content: { width: 100, height: 100 },
    recipe: { by: 'hand', edit: { steps: [{ kind: 'turn', degrees: 90 }, { kind: 'crop', x: 100, y: 200, width: 200, height: 200 }, { kind: 'resize', width: 100, height: 100 }] } },
  })

  // The comment whose region is still there came along; the other one is listed, and leads back.
  await expect(page.getByRole('button', { name: /^Comment 1 .*on version 1$/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Comment 2 .*on version 1$/ })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Review' }).click()
  await page.locator('[data-pane="inspector"]').getByText('The red half.').hover()
  await expect(page.locator('.region.is-pointed')).toHaveCount(1)
  await page.locator('[data-pane="inspector"]').getByRole('button', { name: /^Comment 2/ }).click()
  await expect(table).toHaveAttribute('aria-label', 'Picture Boat, version 1')

  // What was done is told, and comes out the same when it is done again.
  await films.getByRole('option', { name: 'Version 2' }).click()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByLabel('Recipe').getByText('Turned to the right, cropped to 200 × 200, resized to 100 × 100')).toBeVisible()
  await page.getByRole('button', { name: 'Make again' }).click()
  await expect(page.getByText('Made again on this computer: every bit the same.')).toBeVisible({ timeout: 30_000 })

  // One step back, and it is as before.
  await page.keyboard.press('Control+z')
  await expect(films.getByRole('option')).toHaveCount(1)
  expect((await client.items.get({ project, item })).heads).toEqual([first])
})

test('a region is moved and sized while its comment is written, and a closer look is a double click away', async ({ studio }) => {
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  const file = join(studio.userData, 'Boat.svg')
  writeFileSync(file, drawing)
  const { imported } = await client.pictures.import({ project, paths: [file] })
  const { item } = imported[0]!
  await show(page, path, `/item/${item}`)
  const table = page.locator('.light-table')
  await table.focus()
  await page.keyboard.press('r')
  await page.keyboard.press('Enter')
  await page.getByLabel('What about this region?').fill('Here')
  await page.getByRole('group', { name: /^Region to comment on/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('What about this region?')).toBeFocused()
  await expect(page.getByLabel('What about this region?')).toHaveValue('Here')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'Comment 1 by Marit Aldous' })).toBeVisible()
  expect((await client.review.threads({ project, item }))[0]!.anchor).toMatchObject({ x: 36, y: 35, width: 29, height: 30 })

  // The pin keeps its place on the picture, however large that is shown.
  const shareOf = async (): Promise<number[]> => {
    const [print, pin] = [(await page.locator('.print').boundingBox())!, (await page.locator('.region').boundingBox())!]
    return [(pin.x - print.x) / print.width, (pin.y - print.y) / print.height, pin.width / print.width].map((value) => Math.round(value * 100) / 100)
  }
  expect(await shareOf()).toEqual([0.36, 0.35, 0.29])
  const zoom = page.getByRole('button', { name: /^Zoom: / })
  const fitted = await zoom.textContent()
  const box = (await table.boundingBox())!
  await page.mouse.dblclick(box.x + box.width * 0.6, box.y + box.height * 0.4)
  await expect(zoom).not.toHaveText(fitted!)
  expect(await shareOf()).toEqual([0.36, 0.35, 0.29])
  // The wheel makes it larger round the pointer, also where it is larger than the table.
  const pointer = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.7 }
  const under = async (): Promise<number[]> => {
    const print = (await page.locator('.print').boundingBox())!
    return [(pointer.x - print.x) / print.width, (pointer.y - print.y) / print.height].map((value) => Math.round(value * 100) / 100)
  }
  await page.mouse.move(pointer.x, pointer.y)
  const there = await under()
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => (await page.locator('.print').boundingBox())!.width).toBeGreaterThan(box.width)
  expect(await under()).toEqual(there)
  // Space and the pointer move the view.
  const before = (await page.locator('.print').boundingBox())!
  await page.keyboard.down(' ')
  await page.mouse.move(box.x + 300, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x + 260, box.y + 170, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up(' ')
  const after = (await page.locator('.print').boundingBox())!
  expect([Math.round(after.x - before.x), Math.round(after.y - before.y)]).toEqual([-40, -30])
  await page.mouse.dblclick(box.x + box.width * 0.6, box.y + box.height * 0.4)
  await expect(zoom).toHaveText(fitted!)
})
