import { prepareProject, prepareText, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

const takenOver = 'Another window edits this text'

test('[DRAFT1] a second window on the same text follows, says so, and takes over when asked', async ({ studio }) => {
  test.skip(studio.shell === 'desktop', 'the desktop shell opens one window')
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const item = await prepareText(prepared, 'Letter', ['To our readers.'])
  await show(page, prepared.path, `/item/${item}`)
  const sheet = page.getByRole('textbox', { name: 'Text of Letter' })
  await sheet.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Written in the first.')
  await expect(page.getByText(/Draft kept/)).toBeVisible()

  const second = await page.context().newPage()
  await second.goto(page.url())
  const secondSheet = second.getByRole('textbox', { name: 'Text of Letter' })
  await expect(secondSheet).toHaveText('To our readers. Written in the first.')
  await expect(second.getByText(takenOver)).toBeVisible()
  await page.keyboard.type(' Still the first.')
  await expect(secondSheet).toContainText('Still the first.')

  await second.getByRole('button', { name: 'Edit here' }).click()
  await expect(second.getByText(takenOver)).toBeHidden()
  await expect(page.getByText(takenOver)).toBeVisible()
  await secondSheet.click()
  await second.keyboard.press('Control+End')
  await second.keyboard.type(' Now the second.')
  await expect(sheet).toHaveText('To our readers. Written in the first. Still the first. Now the second.')
})
