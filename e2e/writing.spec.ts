import type { Page } from '@playwright/test'
import { openClient, type StudioClient } from './support/client.js'
import { expect, test, type Studio } from './support/studio.js'

test.describe.configure({ timeout: 180_000 })

const sheet = (page: Page) => page.getByRole('textbox', { name: /^Text of / })
const bar = (page: Page) => page.getByRole('region', { name: 'Proposal' })

interface OpenText { client: StudioClient; project: string; item: string }

/** Opens a new text in the page, and a line of our own to its core. */
async function openText({ page }: Studio): Promise<OpenText> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Letters')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByTestId('work').getByRole('button', { name: 'Write', exact: true }).click()
  await page.getByLabel('Title', { exact: true }).and(page.locator('input')).fill('Letter')
  await page.keyboard.press('Enter')
  await expect(sheet(page), 'after the name come the words').toBeFocused()
  return lookUp(page)
}

async function lookUp(page: Page): Promise<OpenText> {
  const client = await openClient(page)
  const [recent] = await client.projects.recent()
  const { items } = await client.items.list({ project: recent!.open! })
  return { client, project: recent!.open!, item: items[0]!.id }
}

async function keptText({ client, project, item }: OpenText): Promise<string> {
  return JSON.stringify((await client.texts.open({ project, item, session: 'spec-reader' })).doc)
}

/** What the core of this moment has. A line to one that dies is never answered, so nobody waits for it long. */
async function keptNow(page: Page): Promise<string> {
  const asked = lookUp(page).then(keptText).catch(() => '')
  return Promise.race([asked, page.waitForTimeout(3000).then(() => '')])
}

test('[DRAFT1] words typed while core dies again and again are kept, each once, and the cursor stays', async ({ studio }) => {
  const { page } = studio
  await openText(studio)
  const words = Array.from({ length: 24 }, (_, index) => `word${index}`)
  for (const [index, word] of words.entries()) {
    await page.keyboard.type(`${word}, `, { delay: 15 })
    if (index % 8 === 4) void studio.killCore().catch(() => undefined)
  }
  const typed = `${words.join(', ')},`
  await expect(sheet(page)).toHaveText(typed)
  // The last core may not be there yet.
  await expect.poll(() => keptNow(page), { timeout: 60_000 }).toContain(typed)
  await page.keyboard.type('end')
  await expect(sheet(page)).toHaveText(`${typed} end`)
  await expect.poll(() => keptNow(page)).toContain(`${typed} end`)
})

test('[DRAFT1] a text that another window took over keeps what was typed here, until it is taken back', async ({ studio }) => {
  const { page } = studio
  const text = await openText(studio)
  await page.keyboard.type('Mine.')
  await expect.poll(() => keptText(text)).toContain('Mine.')
  await text.client.texts.open({ project: text.project, item: text.item, session: 'spec-writer', take: true })
  await page.keyboard.type(' And this.')
  await expect(page.getByText('Another window edits this text')).toBeVisible()
  await expect(sheet(page)).toHaveText('Mine. And this.')
  expect(await keptText(text)).not.toContain('And this.')
  await page.getByRole('button', { name: 'Edit here' }).click()
  await expect.poll(() => keptText(text)).toContain('Mine. And this.')
  await expect(page.getByText('Another window edits this text')).toBeHidden()
})

test('[PROP1] pieces are decided with the keyboard, and one line of undo runs through typing and decisions', async ({ studio }) => {
  const { page } = studio
  const text = await openText(studio)
  const models = await text.client.models.list()
  test.skip(!models.some((model) => model.kind === 'text' && model.path !== null), 'the built-in text model is not here')
  await page.keyboard.type('Before.')
  await expect.poll(() => keptText(text)).toContain('Before.')
  await text.client.texts.ask({ project: text.project, item: text.item, operation: 'continue', prompt: 'Boats in a harbour.', seed: 3, maxTokens: 60 })
  await expect(bar(page)).toBeVisible({ timeout: 60_000 })
  expect(await keptText(text)).not.toMatch(/Before\.".*"text"/)

  // Alt with the keys in the text.
  await page.keyboard.press('Alt+J')
  await page.keyboard.press('Alt+Y')
  await expect.poll(() => keptText(text)).toMatch(/Before\.".*"text"/)
  await page.keyboard.type(' After.')
  await expect(sheet(page)).toContainText('Before. After.')

  await page.keyboard.press('Control+Z')
  await expect(sheet(page)).not.toContainText('After.')
  await page.keyboard.press('Control+Z')
  await expect.poll(() => keptText(text)).not.toMatch(/Before\.".*"text"/)
  await expect(bar(page)).toBeVisible()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => keptText(text)).not.toContain('Before.')
})
