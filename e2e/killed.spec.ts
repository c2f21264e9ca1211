import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { openClient } from './support/client.js'
import { prepareProject, prepareText, show } from './support/prepare.js'
import { enginePid } from './support/processes.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 100_000 })
test.use({ actionTimeout: 10_000 })

test('a picture engine that is killed costs the picture it made: what was ready stays, the queue says so, and it is made when tried again', async ({ studio }) => {
  test.skip(process.platform !== 'linux', 'processes are found by /proc, which only Linux has')
  const { page } = studio
  const { client, project, path } = await prepareProject(page, studio.userData)
  const { job, item } = await client.pictures.ask({ project, item: null, title: 'Cover', prompt: 'pink heart', count: 3, seed: 7, steps: 60 })
  await show(page, path, `/item/${item}`)
  await expect.poll(async () => (await client.jobs.get({ job })).outputs.done, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(0)
  const pid = enginePid(studio.userData, 'image')
  expect(pid).not.toBeNull()
  process.kill(pid!, 'SIGKILL')
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 30_000 }).toBe('failed')
  const ready = (await client.items.versions({ project, item })).versions.length
  expect(ready).toBeGreaterThan(0)
  if (!(await page.getByText(/^The picture engine stopped while it worked/).first().isVisible())) await page.keyboard.press('Control+j')
  await expect(page.getByText(/^The picture engine stopped while it worked/).first()).toBeVisible()
  await page.getByRole('button', { name: /^Make the other/ }).first().click()
  await expect.poll(async () => (await client.jobs.list({})).filter(({ kind }) => kind === 'image').map(({ state }) => state), { timeout: 90_000 }).toContain('done')
  expect((await client.items.versions({ project, item })).versions.length).toBe(3)
  expect(enginePid(studio.userData, 'image')).not.toBe(pid)
})

test('[MERGE1] core that is killed while a copy comes in has all of it or none of it, and the copy comes in afterwards', async ({ studio }) => {
  let client = (await prepareProject(studio.page, studio.userData)).client
  const path = join(studio.userData, 'Autumn catalogue.galley')
  const { handle: project } = await client.projects.open({ path })
  const prepared = { client, project, path }
  await prepareText(prepared, 'Letter', ['The tide went out.'], { version: 'First' })
  const copy = join(studio.userData, 'Copy.galley')
  await client.copies.save({ project, path: copy })
  const { handle: other } = await client.projects.open({ path: copy })
  const texts = 60
  for (let count = 0; count < texts; count++) {
    const { id } = await client.items.create({ project: other, kind: 'text', title: `Text ${count}` })
    await client.texts.keep({ project: other, item: id, name: 'Empty' })
  }
  await client.projects.close({ project: other })
  const itemsNow = async (): Promise<number> => (await client.items.list({ project })).items.length
  expect(await itemsNow()).toBe(1)

  for (const wait of [5, 60, 250]) {
    const before = await itemsNow()
    const merging = client.copies.merge({ project, path: copy }).then(() => true, () => false)
    await new Promise((resolve) => setTimeout(resolve, wait))
    await studio.killCore()
    const isAcknowledged = await Promise.race([merging, new Promise<false>((resolve) => setTimeout(resolve, 200, false))])
    // Core that ends again and again is started a little later each time.
    await expect.poll(() => existsSync(join(studio.userData, 'core.pid')), { timeout: 20_000 }).toBe(true)
    client = await openClient(studio.page)
    await client.projects.open({ path })
    const after = await itemsNow()
    expect([before, texts + 1]).toContain(after)
    if (isAcknowledged) expect(after).toBe(texts + 1)
    expect(await client.projects.check({ path, rebuild: false })).toMatchObject({ ok: true, problems: [] })
  }
  await client.copies.merge({ project, path: copy })
  expect(await itemsNow()).toBe(texts + 1)
  // The copy itself was only read.
  copyFileSync(copy, join(studio.userData, 'Again.galley'))
  expect(await client.projects.check({ path: join(studio.userData, 'Again.galley'), rebuild: false })).toMatchObject({ ok: true, problems: [] })
})
