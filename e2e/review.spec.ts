import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openClient, type StudioClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test.describe.configure({ timeout: 180_000 })

const sheet = (page: Page) => page.locator('.text-work .ProseMirror')
const reviewTab = (page: Page) => page.getByRole('tabpanel', { name: 'Review' })

async function show(page: Page, path: string, view = ''): Promise<void> {
  await page.evaluate(
    (hash) => {
      location.hash = hash
    },
    `#/project/${encodeURIComponent(path)}${view}`,
  )
}

async function select(page: Page, words: string): Promise<void> {
  await sheet(page).evaluate((editor, sought) => {
    ;(editor as HTMLElement).focus()
    const texts = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const at = texts.currentNode.nodeValue!.indexOf(sought)
      if (at < 0) continue
      getSelection()!.setBaseAndExtent(texts.currentNode, at, texts.currentNode, at + sought.length)
      return
    }
    throw new Error(`the text does not say "${sought}"`)
  }, words)
  // The editor takes a selection over with the next event of the page.
  await expect(page.getByRole('button', { name: 'Comment on the selected words' })).toBeEnabled()
}

async function replace(page: Page, words: string, by: string): Promise<void> {
  await select(page, words)
  await page.keyboard.insertText(by)
  await expect(sheet(page)).toContainText(by)
}

/** A project with one text, opened in its editor. */
async function begin(
  page: Page,
  userData: string,
  paragraphs: readonly string[],
): Promise<{ client: StudioClient; path: string; project: string; item: string }> {
  const client = await openClient(page)
  await client.system.changeSettings({ name: 'Marit Aldous' })
  const path = join(userData, 'Autumn.galley')
  const { handle: project } = await client.projects.create({ title: 'Autumn', path })
  const { id: item } = await client.items.create({ project, kind: 'text', title: 'Author’s note' })
  await show(page, path, `/item/${item}`)
  await sheet(page).click()
  for (const [index, paragraph] of paragraphs.entries()) {
    if (index > 0) await page.keyboard.press('Enter')
    await page.keyboard.insertText(paragraph)
  }
  await expect(page.getByText(/Draft kept/)).toBeVisible()
  return { client, path, project, item }
}

test('a comment on words survives edits, and the text goes through review with the keyboard alone', async ({ studio }) => {
  const { page } = studio
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  const { client, path, project, item } = await begin(page, studio.userData, [
    'Grey herons nest together, often high in trees.',
    'The lamp was lit by hand. It burned gas until 1974.',
  ])

  // A comment on words, from the keyboard.
  await select(page, 'nest together')
  await page.keyboard.press('Control+Alt+m')
  await expect(reviewTab(page).getByLabel('Comment', { exact: true })).toBeFocused()
  await page.keyboard.insertText('Only in spring?')
  await page.keyboard.press('Control+Enter')
  const pin = page.getByRole('group', { name: 'Comments on words' }).getByRole('button', { name: 'Comment 1 by Marit Aldous' })
  await expect(pin).toBeVisible()
  await expect(sheet(page).locator('.commented')).toHaveText('nest together')

  // It stays on its words while others are typed, also after the text was opened anew.
  await replace(page, 'Grey herons', 'In spring, grey herons')
  await expect(sheet(page).locator('.commented')).toHaveText('nest together')
  await show(page, path)
  await show(page, path, `/item/${item}`)
  await expect(sheet(page).locator('.commented')).toHaveText('nest together')
  await pin.click()
  await expect(reviewTab(page).getByRole('listitem').filter({ hasText: 'Only in spring?' })).toHaveAttribute('aria-current', 'true')

  // A reply, and done: the words are underlined no longer.
  await reviewTab(page).getByRole('button', { name: 'Reply' }).click()
  await page.keyboard.insertText('Yes.')
  await page.keyboard.press('Control+Enter')
  await expect(reviewTab(page).getByText('Yes.', { exact: true })).toBeVisible()
  await reviewTab(page).getByRole('button', { name: 'Mark as done' }).click()
  await expect(reviewTab(page).getByText('0 open, 1 done')).toBeVisible()

  // Sent to review: what was typed is a version then, and it waits for somebody.
  await reviewTab(page).getByRole('button', { name: 'Ask for review', exact: true }).click()
  await reviewTab(page).getByLabel(/^Note/).fill('The first line is new.')
  await reviewTab(page).getByRole('button', { name: 'Send to review' }).click()
  await expect(reviewTab(page).getByText('In review', { exact: true })).toBeVisible()
  const waiting = page.getByRole('button', { name: /^Waiting for me/ })
  await expect(waiting).toContainText('1')

  // The review desk, by keys alone: approve.
  await waiting.click()
  await expect(page.getByRole('textbox', { name: /^Text of Author’s note, version/ })).toContainText('In spring, grey herons')
  await expect(page.getByText('Note of Marit Aldous: The first line is new.')).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByRole('group', { name: /^Approve version \d+$/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('“Author’s note” is approved.')).toBeVisible()
  await expect(page.getByText('Nothing waits for you')).toBeVisible()
  expect((await client.items.get({ project, item })).state).toBe('approved')

  // Changed after approval: back to draft. Asked again, compared with what was approved, and changes are asked for.
  await show(page, path, `/item/${item}`)
  await replace(page, 'until 1974', 'until 1973')
  await expect.poll(async () => JSON.stringify((await client.texts.open({ project, item, session: 'spec-reader' })).doc)).toContain('until 1973')
  await client.review.request({ project, item })
  await waiting.click()
  await expect(page.getByRole('textbox', { name: /^Text of Author’s note, version/ })).toContainText('until 1973')
  await page.keyboard.press('d')
  await expect(page.locator('.comparison ins')).toHaveText('1973')
  await expect(page.locator('.comparison del')).toHaveText('1974')
  await page.keyboard.press('c')
  await page.keyboard.insertText('The source says 1974.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Changes to “Author’s note” are asked for.')).toBeVisible()
  expect((await client.items.get({ project, item })).state).toBe('changes-asked')

  // The tab says why, the log what happened.
  await show(page, path, `/item/${item}`)
  await expect(reviewTab(page).getByText('Marit Aldous’s request for changes is not answered')).toBeVisible()
  await expect(reviewTab(page).getByText('The source says 1974.')).toBeVisible()
  await reviewTab(page).getByRole('button', { name: 'Audit log' }).click()
  await expect(page.getByRole('grid', { name: 'Entries' }).getByRole('row', { name: /Decision/ })).toHaveCount(2)
  expect(problems).toEqual([])
})

test('a comment whose words were deleted stays listed, and finds them when they come back', async ({ studio }) => {
  const { page } = studio
  await begin(page, studio.userData, ['Grey herons nest together, often high in trees.'])
  await select(page, 'often high in trees')
  await page.getByRole('button', { name: 'Comment on the selected words' }).click()
  await page.keyboard.insertText('How high?')
  await page.keyboard.press('Control+Enter')
  await expect(sheet(page).locator('.commented')).toHaveText('often high in trees')

  // Within half a second the editor would take back typing and deleting as one.
  await page.waitForTimeout(600)
  await select(page, 'often high in trees')
  await page.keyboard.press('Delete')
  await expect(reviewTab(page).getByText(/The words that this was about are gone/)).toBeVisible()
  await expect(reviewTab(page).getByText('How high?')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(sheet(page).locator('.commented')).toHaveText('often high in trees')
  await expect(reviewTab(page).getByText(/The words that this was about are gone/)).toHaveCount(0)
})

test('two versions of a text are compared by words and side by side', async ({ studio }) => {
  const { page } = studio
  const { client, project, item } = await begin(page, studio.userData, ['A crab went by on business.', 'The boats stood up.'])
  await client.texts.keep({ project, item, name: 'First' })
  await replace(page, 'went by', 'went past')
  await expect.poll(async () => JSON.stringify((await client.texts.open({ project, item, session: 'spec-reader' })).doc)).toContain('past')
  await client.texts.keep({ project, item, name: 'Second' })
  await page.keyboard.press('Control+d')
  await expect(page.locator('.comparison ins')).toHaveText('past')
  await expect(page.getByText('1 word in')).toBeVisible()
  await page.getByRole('radio', { name: 'Side by side' }).click()
  await expect(page.locator('.compare-row').first().locator('del')).toHaveText('by')
  await page.getByRole('button', { name: 'Bring back version 1' }).click()
  await expect(sheet(page)).toContainText('A crab went by on business.')
})

test('a copy is worked on by somebody else, merged, taken back, merged again, admitted and combined', async ({ studio, launcher }) => {
  const { page } = studio
  const { client, path, project, item } = await begin(page, studio.userData, [
    'The boats lay down. A crab went by on business.',
    'The light just touched her feet.',
  ])
  await client.texts.keep({ project, item, name: 'For Ines' })
  const copy = join(studio.userData, 'Autumn, copy.galley')
  if (studio.shell === 'browser') {
    await page.getByRole('button', { name: 'Project: Autumn' }).click()
    await page.getByRole('menuitem', { name: 'Save a copy…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save a copy for a colleague' })
    await dialog.getByLabel('Path').fill(studio.userData)
    await page.keyboard.press('Enter')
    await expect(dialog.getByLabel('File name')).toHaveValue('Autumn, copy.galley')
    await expect(dialog.getByRole('option', { name: /^Autumn\.galley/ })).toBeVisible()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/The copy is in /)).toBeVisible()
  } else await client.copies.save({ project, path: copy })

  // Somebody else: another installation, another key. She edits and approves what was sent.
  const theirData = mkdtempSync(join(tmpdir(), 'galley-e2e-other-'))
  if (typeof launcher === 'string') throw new Error(launcher)
  const second = await launcher(theirData)
  try {
    const theirs = await openClient(second.page)
    await theirs.system.changeSettings({ name: 'Ines Calloway' })
    await show(second.page, copy, `/item/${item}`)
    await replace(second.page, 'The boats lay down', 'The boats lay down on their sides')
    await replace(second.page, 'The light just touched her feet', 'Half of her was lit and half was weather')
    const [open] = (await theirs.projects.recent()).filter((one) => one.open !== null)
    const theirProject = open!.open!
    await expect.poll(async () => JSON.stringify((await theirs.texts.open({ project: theirProject, item, session: 'spec-reader' })).doc)).toContain('weather')
    const { version } = await theirs.texts.keep({ project: theirProject, item, name: 'Shorter' })
    const { id: dedication } = await theirs.items.create({ project: theirProject, kind: 'text', title: 'Dedication' })
    const made = await theirs.texts.keep({ project: theirProject, item: dedication, name: 'Empty yet' })
    expect((await theirs.review.decide({ project: theirProject, version: made.version, decision: 'approve', notes: '' })).counts).toBe(false)
    await theirs.review.comment({ project: theirProject, item, version, text: 'Shorter, I think.', anchor: { type: 'whole' } })
    await theirs.projects.close({ project: theirProject })
  } finally {
    await second.close()
    rmSync(theirData, { recursive: true, force: true })
  }

  // Meanwhile the same words were changed here.
  await replace(page, 'went by', 'went past')
  await replace(page, 'The light just touched her feet', 'The light only just reached her')
  await expect.poll(async () => JSON.stringify((await client.texts.open({ project, item, session: 'spec-reader' })).doc)).toContain('reached')
  await client.texts.keep({ project, item, name: 'Crab' })

  // What would come in, before anything does.
  if (studio.shell === 'browser') {
    await page.getByRole('button', { name: 'Open a colleague’s copy…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Path').fill(copy)
    await page.keyboard.press('Enter')
  } else await show(page, path, `/merge/${encodeURIComponent(copy)}`)
  await expect(page.getByRole('heading', { name: 'Ines Calloway’s copy' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Both of you changed these' })).toContainText('Author’s note')
  await expect(page.getByRole('region', { name: 'New items' })).toContainText('Dedication')
  expect((await client.items.list({ project })).items).toHaveLength(1)
  await page.getByRole('button', { name: 'Merge all of it' }).click()
  await expect(page.getByText(/^Merged: 1 new item/)).toBeVisible()
  expect((await client.items.get({ project, item })).heads).toHaveLength(2)

  // Taken back in one step, and merged again.
  await page.locator('.notices').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(/The merge was taken back/)).toBeVisible()
  expect((await client.items.list({ project })).items).toHaveLength(1)
  expect((await client.items.get({ project, item })).heads).toHaveLength(1)
  await show(page, path, `/merge/${encodeURIComponent(copy)}`)
  await expect(page.getByText(/You took the merge of this copy back before/)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await client.items.get({ project, item })).heads.length).toBe(2)

  // Her approval is shown and does not count, until the founder admits her.
  const { items } = await client.items.list({ project })
  const dedication = items.find(({ title }) => title === 'Dedication')!
  expect(dedication.state).toBe('draft')
  await show(page, path, `/item/${dedication.id}`)
  await page.getByRole('tab', { name: 'Review' }).click()
  await expect(reviewTab(page).getByText('does not count: Ines Calloway is not admitted')).toBeVisible()
  await reviewTab(page).getByRole('region', { name: 'People' }).getByRole('button', { name: 'Admit Ines Calloway' }).click()
  await expect(reviewTab(page).getByText('Approved', { exact: true })).toBeVisible()
  await expect(reviewTab(page).getByText(/does not count/)).toHaveCount(0)

  // Two heads: what only one changed is taken in, what both changed is picked.
  await show(page, path, `/item/${item}`)
  await page.getByRole('button', { name: 'Combine…' }).first().click()
  const make = page.getByRole('button', { name: /^Make version/ })
  await expect(page.getByText('Waits for 1 overlap.', { exact: false })).toBeVisible()
  await expect(make).toBeDisabled()
  const overlap = page.getByRole('group', { name: 'Overlap 1: both stay until you pick' })
  await expect(overlap).toContainText('Half of her was lit and half was weather')
  await expect(overlap).toContainText('The light only just reached her')
  await overlap.getByRole('button', { name: 'yours' }).click()
  await make.click()
  await expect(sheet(page)).toContainText('The boats lay down on their sides. A crab went past on business.')
  await expect(sheet(page)).toContainText('The light only just reached her.')
  expect((await client.items.get({ project, item })).heads).toHaveLength(1)
  const report = await client.projects.close({ project }).then(() => client.projects.check({ path, rebuild: false }))
  expect(report).toMatchObject({ ok: true, problems: [] })
})
