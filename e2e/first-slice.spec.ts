import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 240_000 })

const sheet = (page: Page) => page.locator('.ProseMirror')
const queue = (page: Page) => page.getByRole('region', { name: 'Queue' })

async function newText(page: Page, project: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill(project)
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByTestId('work').getByRole('button', { name: 'Write', exact: true }).click()
  const title = page.getByLabel('Title', { exact: true }).and(page.locator('input'))
  await title.fill('Editor’s letter')
  await page.keyboard.press('Enter')
  await expect(sheet(page)).toBeVisible()
}

async function draft(page: Page, brief: string): Promise<void> {
  await page.getByRole('tab', { name: 'Make' }).click()
  await page.getByLabel('Brief').fill(brief)
  await page.getByRole('button', { name: /Draft a proposal/ }).click()
}

test('a text is drafted, decided piece by piece, survives the death of core, and is exported', async ({ studio }) => {
  const { page } = studio
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))

  await newText(page, 'Autumn letters')
  await draft(page, 'A short letter to readers about the books of this autumn, in four paragraphs.')

  // The words stream in as a proposal and not into the text.
  await expect(page.getByLabel('What the model is writing')).toBeVisible({ timeout: 60_000 })
  const bar = page.getByRole('region', { name: 'Proposal' })
  await expect(bar).toBeVisible({ timeout: 120_000 })
  const pieces = await page.getByRole('button', { name: /^Accept piece/ }).count()
  expect(pieces).toBeGreaterThan(0)

  // Half of it is accepted piece by piece, half rejected.
  for (let index = 1; index <= pieces; index += 1) {
    const name = index % 2 === 1 ? `Accept piece ${index}` : `Reject piece ${index}`
    await page.getByRole('button', { name, exact: true }).click()
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  }
  const accepted = (await sheet(page).innerText()).trim()
  expect(accepted.length).toBeGreaterThan(20)

  // Words are typed while another draft streams, and core is killed in the middle of it.
  await draft(page, 'Another paragraph about a lighthouse, long and full of detail.')
  await expect(page.getByLabel('What the model is writing')).toContainText(/\w/, { timeout: 60_000 })
  await sheet(page).locator('p').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Typed by a person.')
  await expect(page.getByText(/Draft kept/)).toBeVisible()
  await studio.killCore()
  await page.keyboard.type(' And typed while core was away.')

  // The studio comes back by itself: every accepted and typed word is there, the lost job says so and can be tried again.
  await expect(queue(page).getByText(/Interrupted\./)).toBeVisible({ timeout: 60_000 })
  await expect(sheet(page)).toContainText('Typed by a person. And typed while core was away.')
  const client = await openClient(page)
  const [project] = await client.projects.recent()
  const { items } = await client.items.list({ project: project!.open! })
  await expect.poll(async () => JSON.stringify((await client.texts.open({ project: project!.open!, item: items[0]!.id, session: 'spec-reader' })).doc)).toContain('And typed while core was away.')
  await queue(page).getByRole('button', { name: 'Retry' }).first().click()
  await expect(bar).toBeVisible({ timeout: 120_000 })

  // Undo and redo of a decision.
  await page.getByRole('button', { name: 'Accept the rest' }).click()
  await expect(bar).toBeHidden()
  const full = (await sheet(page).innerText()).length
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(bar).toBeVisible()
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(bar).toBeHidden()
  expect((await sheet(page).innerText()).length).toBe(full)

  // Versions show what happened, with recipes.
  await page.getByRole('tab', { name: 'Versions' }).click()
  const versions = await client.items.versions({ project: project!.open!, item: items[0]!.id })
  expect(versions.total).toBeGreaterThanOrEqual(3)
  await expect(page.getByRole('tabpanel')).toContainText(String(versions.total))

  // Export to Markdown.
  const folder = join(studio.userData, 'out')
  mkdirSync(folder)
  const { files } = await client.exchange.exportMarkdown({ project: project!.open!, folder })
  expect(files).toHaveLength(1)
  const [name] = readdirSync(folder)
  const markdown = readFileSync(join(folder, name!), 'utf8')
  expect(markdown).toContain('And typed while core was away.')
  expect(problems).toEqual([])

  const report = await client.projects.close({ project: project!.open! }).then(() => client.projects.check({ path: project!.path, rebuild: false }))
  expect(report).toMatchObject({ ok: true, problems: [] })
})
