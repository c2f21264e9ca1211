import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { makeAnchor, parseDocument } from '../src/document/index.js'
import { typeParagraphs, writeComments } from '../src/core/review/testing.js'
import { testStudio, type TestStudio } from '../src/core/testing/test-studio.js'
import { scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, milliseconds, ratios, type BenchResult } from './support/measure.js'
import { startBrowser, startShell } from './support/shell.js'
import { openTypist, type Spent } from './support/typist.js'
import { wordSource } from './support/words.js'

const WORDS_IN_PARAGRAPH = 50
const VIEWPORT = { width: 1280, height: 800 }

interface Prepared { readonly userData: string; readonly path: string; readonly commented: string; readonly plain: string }

/**
 * A text of 50,000 words with 10,000 comments on its words, beside the same text without: core alone, then the whole studio
 * in the browser shell.
 */
export async function run({ words = scaled(50_000), comments = scaled(10_000), blocks = Math.max(2, Math.min(6, scaled(600))) } = {}): Promise<BenchResult> {
  const before = loadNow()
  const scratch = scratchFolder()
  try {
    const folder = scratch.path('prepared')
    const one = await testStudio({ folder, name: 'Ada', spawn: () => Promise.reject(new Error('no engines here')) })
    const prepared = await prepare(one, folder, words, comments)
    const core = await measureCore(one, prepared, comments)
    await one.close()
    const browser = await startBrowser()
    const screen = browser ? await measureScreen(browser, prepared, blocks) : []
    return { bench: 'review', facts: { words, comments, ...(browser ? {} : { screen: 'not measured: Chromium is not installed' }) }, measures: [...core, ...screen], load: [before, loadNow()] }
  } finally {
    scratch.remove()
  }
}

async function prepare(one: TestStudio, folder: string, words: number, comments: number): Promise<Prepared> {
  const source = wordSource(11)
  const paragraphs = Array.from({ length: Math.ceil(words / WORDS_IN_PARAGRAPH) }, () => source.sentence(WORDS_IN_PARAGRAPH))
  const { handle: project, path } = await one.call.projects.create({ title: 'Much said', path: join(folder, 'Much said.galley') })
  const [commented, plain] = await Promise.all(['Commented', 'Plain'].map(async (title) => (await one.call.items.create({ project, kind: 'text', title })).id)) as [string, string]
  await typeParagraphs(one, { project, item: plain }, paragraphs)
  const version = await typeParagraphs(one, { project, item: commented }, paragraphs)
  const doc = parseDocument((await one.call.items.versionText({ project, version })).doc)
  const anchors = Array.from({ length: comments }, () => {
    const from = 1 + Math.floor(source.random() * (doc.content.size - 60))
    return makeAnchor(doc, from, from + 3 + Math.floor(source.random() * 40))
  })
  await writeComments(one, { project, item: commented }, version, anchors)
  return { userData: join(folder, 'user'), path, commented, plain }
}

async function measureCore({ call }: TestStudio, { path, commented: item }: Prepared, comments: number) {
  const { handle: project } = await call.projects.open({ path })
  const at = { project, item }
  const session = 'bench-session'
  const all = async (): Promise<void> => {
    for (let after = 0; after < comments; after += 250) await call.review.threads({ ...at, after, limit: 250 })
  }
  const first: number[] = []
  const pages: number[] = []
  const longest: number[] = []
  for (let round = 0; round < 5; round++) {
    const { number } = await call.texts.open({ ...at, session })
    const step = { stepType: 'replace', from: 1, to: 1, slice: { content: [{ type: 'text', text: 'More ' }] } }
    await call.texts.append({ ...at, session, number, steps: [{ step, origin: 'typed' }] })
    // The file is opened anew, so that nothing is remembered.
    await call.projects.close({ project })
    await call.projects.open({ path })
    const turns = watchTurns()
    first.push(await milliseconds(async () => {
      await call.review.view(at)
      await call.review.threads({ ...at, limit: 250 })
    }))
    pages.push(await milliseconds(all))
    longest.push(turns.end())
  }
  return [
    measure('core: review and first comments after an edit, project just opened', 'ms', first),
    measure('core: all comments found after an edit', 'ms', pages),
    measure('core: longest turn of the event loop meanwhile, processor time', 'ms', longest, '≤ 20'),
  ]
}

/** The longest turn of the event loop from now on, in milliseconds of this thread's processor time: what else the computer does is left out. */
function watchTurns(): { end(): number } {
  const now = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let [last, longest, isOver] = [now(), 0, false]
  const turn = (): void => {
    const at = now()
    longest = Math.max(longest, at - last)
    last = at
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  return {
    end: () => {
      isOver = true
      return longest
    },
  }
}

async function measureScreen(browser: Browser, prepared: Prepared, blocks: number) {
  const shell = await startShell(prepared.userData)
  try {
    // The address with its one-time key is good for one window; the others are of the same browser.
    const context = await browser.newContext({ viewport: VIEWPORT })
    let address = shell.address
    const open = async (item: string): Promise<Page> => {
      const page = await context.newPage()
      await page.goto(`${address}#/project/${encodeURIComponent(prepared.path)}/item/${item}`)
      address = `${new URL(address).origin}/`
      await page.locator('.ProseMirror p').first().waitFor({ timeout: 120_000 })
      await page.getByRole('tab', { name: 'Review' }).click()
      return page
    }
    const page = await open(prepared.commented)
    const shown = [await milliseconds(() => page.locator('.comment').first().waitFor({ timeout: 120_000 }))]
    const marked = [await milliseconds(() => page.locator('.commented').first().waitFor({ timeout: 120_000 }))]
    await page.waitForTimeout(4000)
    const commented = await openTypist(page)
    const plain = await openTypist(await open(prepared.plain))
    for (const warmUp of [commented, plain]) await warmUp.block()
    const [ours, theirs]: [Spent[], Spent[]] = [[], []]
    for (let block = 0; block < blocks; block++) {
      if (block % 2 === 0) theirs.push(await plain.block())
      ours.push(await commented.block())
      if (block % 2 === 1) theirs.push(await plain.block())
    }
    const key = [ours, theirs].map((spent) => spent.map((one) => one.untilShown)) as [number[], number[]]
    const all = [ours, theirs].map((spent) => spent.map((one) => one.withAllThatFollows)) as [number[], number[]]
    return [
      measure('screen: first comment is listed after the tab was pressed', 'ms', shown),
      measure('screen: first words are marked after that', 'ms', marked),
      measure('screen: main thread per key, with comments', 'ms', key[0]),
      measure('screen: main thread per key, with comments / without', '×', ratios(...key), '≤ 1.3'),
      measure('screen: with all that follows, with comments / without', '×', ratios(...all), '≤ 2'),
    ]
  } finally {
    await browser.close()
    await shell.stop()
  }
}
