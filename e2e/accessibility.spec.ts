import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { hasModel, prepareProject, prepareText, show, whenDone } from './support/prepare.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 120_000 })

const themes = ['light', 'dark'] as const

/** What breaks the rules on the page of now, in both themes, in one line each. */
async function breaches(page: Page, screen: string): Promise<string[]> {
  const found: string[] = []
  for (const theme of themes) {
    await page.evaluate((name) => { document.documentElement.dataset.theme = name }, theme)
    // A desktop window has no further page to collect frames in. The second theme has the same elements in other colours.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze()
    for (const { id, nodes } of violations) for (const node of nodes) found.push(`${screen}, ${theme}: ${id}: ${node.html.slice(0, 160)} ${node.any.map(({ message }) => message).join(' ')}`)
  }
  return found
}

test('every screen keeps to the rules of accessibility in both themes', async ({ studio }) => {
  const { page } = studio
  // Colours on their way from one theme to the other belong to neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const found: string[] = []
  const look = async (screen: string) => { found.push(...await breaches(page, screen)) }

  await expect(page.getByRole('button', { name: 'New project' })).toBeVisible()
  await look('welcome')
  const prepared = await prepareProject(page, studio.userData)
  const { client, project, path } = prepared
  await show(page, path)
  await expect(page.getByText('Nothing on the desk yet').first()).toBeVisible()
  await look('empty project')

  const { id: folder } = await client.items.createFolder({ project, title: 'Catalogue' })
  const item = await prepareText(prepared, 'Author’s note', ['Grey herons nest together, often high in trees.', 'The lamp was lit by hand.'], { folder, version: 'First' })
  const { version } = await client.texts.keep({ project, item, name: 'For review' })
  await client.review.comment({ project, item, version, text: 'Only in spring?', anchor: { type: 'whole' } })
  await client.review.request({ project, item, note: 'The first line is new.' })
  if (await hasModel(prepared, 'text')) {
    const { job } = await client.texts.ask({ project, item, operation: 'continue', prompt: 'One more sentence.', seed: 3, maxTokens: 24 })
    await whenDone(prepared, job)
  }
  await show(page, path, `/item/${item}`)
  await expect(page.getByRole('textbox', { name: 'Text of Author’s note' })).toBeVisible()
  if (await hasModel(prepared, 'text')) await expect(page.getByRole('region', { name: 'Proposal' })).toBeVisible()
  for (const tab of ['Make', 'Versions', 'Review', 'About']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel', { name: tab })).not.toBeEmpty()
    await page.waitForTimeout(150)
    await look(`workspace, ${tab}`)
  }
  await page.getByRole('button', { name: /^Waiting for me/ }).click()
  await expect(page.getByRole('textbox', { name: /^Text of Author’s note, version/ })).toBeVisible()
  await look('review desk')
  await show(page, path, '/models')
  await expect(page.getByRole('heading', { name: 'Models' })).toBeVisible()
  await look('models')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('heron')
  await expect(page.getByRole('group', { name: /In texts/ })).toBeVisible()
  await look('palette')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'You: Marit Aldous' }).click()
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await look('settings')
  expect(found).toEqual([])
})
