import { prepareProject, prepareText, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 90_000 })

test('what is typed and kept nowhere yet is compared with a version, from Versions and from the choice of sides', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Author’s note', ['The tide went out.'], { version: 'First' })
  await show(page, path, `/item/${item}`)
  const sheet = page.locator('.ProseMirror')
  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByText(/^The draft went on since/)).toHaveCount(0)

  await sheet.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' The heron stayed.')
  await expect(page.getByText('The draft went on since version 1.')).toBeVisible()
  await page.getByRole('button', { name: 'Compare the draft with version 1' }).click()
  const comparison = page.getByRole('group', { name: 'Comparison of Version 1, “First” and The draft now' })
  await expect(comparison.locator('ins')).toHaveText(' The heron stayed.')
  await expect(page.getByText('3 words in')).toBeVisible()
  // Nothing was kept for it.
  expect((await client.items.versions({ project, item })).total).toBe(1)

  // Kept, it is a version like the others, and the draft says the same.
  const { version } = await client.texts.keep({ project, item, name: 'Second' })
  await page.getByRole('button', { name: /Older version/ }).click()
  await expect(page.getByRole('option', { name: /The draft now/ })).toContainText('Says the same as version 2')
  await page.getByRole('option', { name: /Version 2, “Second”/ }).click()
  await expect(page.getByText('Both are the same')).toBeVisible()

  // Without a choice, what is typed is what a person wants to see.
  await page.getByRole('tab', { name: 'Write' }).or(page.getByRole('radio', { name: 'Write' })).click()
  await sheet.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Again: ')
  await page.keyboard.press('Control+d')
  await expect(page.getByRole('group', { name: 'Comparison of Version 2, “Second” and The draft now' }).locator('ins')).toHaveText('Again: ')
  // The head is brought back: the draft becomes a version first, and nothing is lost.
  await page.getByRole('button', { name: 'Bring back version 2' }).click()
  await expect(sheet).toHaveText('The tide went out. The heron stayed.')
  const { versions } = await client.items.versions({ project, item })
  expect(versions).toHaveLength(4)
  expect(versions.map(({ id }) => id)).toContain(version)
})
