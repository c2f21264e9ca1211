import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { openClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test('a newcomer opens the sample project, decides a piece of the open proposal, and walks through the tour', async ({ studio }) => {
  const { page } = studio
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  const client = await openClient(page)
  await client.system.changeSettings({ name: 'Somebody New' })
  await page.getByRole('button', { name: 'Open the sample project' }).click()

  // The tour begins at the desk, beside the work, and is reached by keys.
  const tour = page.getByRole('complementary', { name: 'Tour of the sample project' })
  await expect(tour.getByRole('heading', { name: 'The desk' })).toBeVisible()
  await expect(page.getByRole('treegrid').or(page.getByRole('tree')).getByText('Thanks')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('.tour').setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await tour.getByRole('button', { name: 'Next' }).focus()
  await page.keyboard.press('Enter')

  // The open proposal: one press shows it, one piece is taken.
  await tour.getByRole('button', { name: 'Show “Thanks”' }).click()
  const path = join(studio.userData, 'projects', 'Low Water.galley')
  const { handle: project } = (await client.projects.open({ path }))
  const item = (await client.items.list({ project })).items.find(({ title }) => title === 'Thanks')!.id
  const outcomes = async () => (await client.texts.proposals({ project, item }))[0]!.pieces.map(({ outcome }) => outcome)
  const pieces = await outcomes()
  expect(pieces.every((outcome) => outcome === 'open')).toBe(true)
  await page.getByRole('button', { name: 'Accept piece 1', exact: true }).click()
  await expect.poll(async () => (await outcomes()).filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect((await outcomes()).filter((outcome) => outcome === 'open')).toHaveLength(pieces.length - 1)

  // On to versions and review, where it is said why somebody else's decision counts.
  await tour.getByRole('button', { name: 'Next' }).click()
  await tour.getByRole('button', { name: 'Show the versions' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Versions' }).getByText('After Jonah’s notes').first()).toBeVisible()
  await tour.getByRole('button', { name: 'Next' }).click()
  await tour.getByRole('button', { name: 'Show the review' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Review' }).getByText('Approved', { exact: true }).first()).toBeVisible()
  await tour.getByRole('button', { name: 'Next' }).click()
  await tour.getByRole('button', { name: 'Done' }).click()
  await expect(tour).toHaveCount(0)

  // It does not come back, and the project is whole.
  await expect.poll(async () => (await client.system.settings()).layout['tour.done']).toBe(true)
  await page.evaluate(() => { location.hash = '#/' })
  await expect(page.getByRole('button', { name: 'Open the sample project' })).toBeVisible()
  await client.projects.close({ project })
  expect(await client.projects.check({ path, rebuild: false })).toMatchObject({ ok: true, problems: [] })
  await page.getByRole('button', { name: 'Open the sample project' }).click()
  await expect(page.getByRole('button', { name: 'Project: Low Water' })).toBeVisible()
  await expect(tour).toHaveCount(0)
  expect(problems).toEqual([])
})
