import { prepareProject, prepareText, show } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test('an address of what was removed from the desk says so, and shows it again after undo', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Letter', ['The heron stayed.'])
  await show(page, path, `/item/${item}`)
  await expect(page.getByRole('textbox', { name: 'Text of Letter' })).toBeVisible()
  await client.items.remove({ project, target: item })
  await expect(page.getByText('“Letter” was removed.')).toBeVisible()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByRole('textbox', { name: 'Text of Letter' })).toContainText('The heron stayed.')
})
