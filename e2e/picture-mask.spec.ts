import AxeBuilder from '@axe-core/playwright'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasModel, prepareProject, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 120_000 })

test('a part of a picture is painted over with brush, eraser and keys, taken back, and painted anew, while all else stays', async ({ studio }) => {
  const { page } = studio
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const prepared = await prepareProject(page, studio.userData)
  test.skip(!(await hasModel(prepared, 'image')), 'no picture model is on this computer')
  const { client, project, path } = prepared
  const file = join(studio.userData, 'Boat.svg')
  writeFileSync(file, '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#dde"/><circle cx="120" cy="160" r="80" fill="#a33"/></svg>')
  const { imported } = await client.pictures.import({ project, paths: [file] })
  const { item, version } = imported[0]!
  await show(page, path, `/item/${item}`)
  await page.locator('.light-table').focus()

  await page.keyboard.press('b')
  const layer = page.getByRole('group', { name: /^Brush on the picture/ })
  await expect(layer).toBeFocused()
  const bar = page.getByRole('group', { name: 'Change a part' })
  await expect(bar.getByRole('button', { name: 'Take the last stroke back' })).toBeDisabled()
  const size = bar.getByRole('slider', { name: 'Size of the brush, in pixels' })
  const before = Number(await size.inputValue())
  await page.keyboard.press(']')
  expect(Number(await size.inputValue())).toBeGreaterThan(before)
  await page.keyboard.press('[')

  const box = (await layer.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.3)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.4, { steps: 5 })
  await page.mouse.up()
  // Painting says at once what it is for.
  await expect(page.getByLabel('Paint the part as')).toBeVisible()
  await expect(page.getByText(/^Only what is painted over changes\. All else stays, to the pixel\./)).toBeVisible()
  await layer.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(bar.getByRole('button', { name: 'Put it on again' })).toBeEnabled()
  // What was taken back were strokes, and nothing of the project.
  expect((await client.items.get({ project, item })).versions).toBe(1)

  const painted = (x: number, y: number): Promise<boolean> => page.evaluate(([across, down]) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.mask-layer canvas')!
    return canvas.getContext('2d')!.getImageData(Math.round(canvas.width * across!), Math.round(canvas.height * down!), 1, 1).data[3]! > 128
  }, [x, y])
  expect([await painted(0.75, 0.35), await painted(0.2, 0.8)]).toEqual([true, false])
  await bar.getByRole('button', { name: 'Invert' }).click()
  expect([await painted(0.75, 0.35), await painted(0.2, 0.8)]).toEqual([false, true])
  await page.keyboard.press('Control+z')
  await layer.focus()
  await page.keyboard.press('e')
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.4)
  await page.mouse.down()
  await page.mouse.up()
  expect([await painted(0.72, 0.32), await painted(0.8, 0.4)]).toEqual([true, false])
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes[0]!.html.slice(0, 200)}`)).toEqual([])
  }

  await page.getByLabel('Paint the part as').fill('pink heart')
  await page.getByRole('button', { name: 'Fewer' }).first().click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('option', { name: 'Version 2' })).toBeVisible({ timeout: 60_000 })
  const made = (await client.items.versions({ project, item })).versions.find(({ ordinal }) => ordinal === 2)!
  expect(made).toMatchObject({ parents: [version], content: { width: 400, height: 300 }, recipe: { operation: 'inpaint', prompt: 'pink heart', strength: 1 } })
  // The corner far from the mask has the very colour of the picture that it was painted on.
  const hash = made.content.type === 'blob' ? made.content.hash : ''
  const corner = await page.evaluate(async ([handle, name]) => {
    const image = new Image()
    image.src = `/assets/${handle}/${name}`
    await image.decode().catch(() => undefined)
    const canvas = new OffscreenCanvas(400, 300)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    return [...context.getImageData(5, 290, 1, 1).data]
  }, [project, hash])
  expect(corner).toEqual([221, 221, 238, 255])
  // Left out, the next picture is asked for as ever.
  await page.getByRole('button', { name: 'Leave out' }).click()
  await expect(page.getByLabel('Picture of')).toBeVisible()

  // The recipe brings the mask back with it.
  await page.getByRole('option', { name: 'Version 2' }).click()
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByRole('region', { name: 'Recipe' })).toContainText('only a part, within a mask')
  await page.getByRole('button', { name: 'Recall the recipe' }).click()
  await expect(page.getByLabel('Paint the part as')).toHaveValue('pink heart')
  await page.getByRole('option', { name: 'Version 1' }).click()
  await page.getByRole('button', { name: 'Paint on' }).click()
  await expect.poll(() => painted(0.72, 0.32)).toBe(true)
  expect([await painted(0.8, 0.4), await painted(0.2, 0.8)]).toEqual([false, false])
})
