import { join } from 'node:path'
import { prepareProject, prepareText, show, type Prepared } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 120_000 })

/** Types at a place of a text, and keeps it. */
async function type({ client, project }: Pick<Prepared, 'client' | 'project'>, item: string, position: number, words: string, name: string): Promise<void> {
  const session = `spec-${name}-writer`
  const { number } = await client.texts.open({ project, item, session, take: true })
  await client.texts.append({ project, item, session, number, steps: [{ step: { stepType: 'replace', from: position, to: position, slice: { content: [{ type: 'text', text: words }] } }, origin: 'typed' }] })
  await client.texts.keep({ project, item, name })
  await client.texts.close({ project, item, session })
}

test('three heads of a text are combined in two steps, and the screen leads from one to the other', async ({ studio }) => {
  const { page } = studio
  const prepared = await prepareProject(page, studio.userData, 'Autumn')
  const { client, project, path } = prepared
  const item = await prepareText(prepared, 'Author’s note', ['The tide went out. The heron stayed.'], { version: 'First' })
  for (const [name, position, words] of [['one', 19, ' In silence.'], ['two', 37, ' Nobody spoke.']] as const) {
    const copy = join(studio.userData, `${name}.galley`)
    await client.copies.save({ project, path: copy })
    const { handle } = await client.projects.open({ path: copy })
    await type({ client, project: handle }, item, position, words, name)
    await client.projects.close({ project: handle })
  }
  await type(prepared, item, 1, 'Again. ', 'mine')
  for (const name of ['one', 'two']) await client.copies.merge({ project, path: join(studio.userData, `${name}.galley`) })
  expect((await client.items.get({ project, item })).heads).toHaveLength(3)

  await show(page, path, `/item/${item}`)
  await expect(page.getByText('This has 3 heads: nobody has combined them yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Combine…' }).click()
  await expect(page.getByText('Step 1 of 2')).toBeVisible()
  await expect(page.getByText(/^Then one more head is combined with it\./)).toBeVisible()
  await page.getByRole('button', { name: /^Make version \d+$/ }).click()
  await expect(page.getByText('Step 2 of 2')).toBeVisible()
  await expect(page.getByText(/combined just now/).first()).toBeVisible()
  expect((await client.items.get({ project, item })).heads).toHaveLength(2)
  await page.getByRole('button', { name: /^Make version \d+$/ }).click()
  await expect(page.locator('.ProseMirror')).toHaveText('Again. The tide went out. In silence. The heron stayed. Nobody spoke.')
  expect((await client.items.get({ project, item })).heads).toHaveLength(1)
  await expect(page.getByText(/nobody has combined them yet/)).toHaveCount(0)
})
