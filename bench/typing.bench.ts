import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { build } from 'vite'
import { root, scaled, scratchFolder } from './support/folders.js'
import { loadNow, measure, ratios, type BenchResult } from './support/measure.js'
import { prepareProject, type Prepared } from './support/prepared.js'
import { startBrowser, startShell } from './support/shell.js'
import { BETWEEN_KEYS, KEYS, openTypist, type Spent } from './support/typist.js'

const VIEWPORT = { width: 1280, height: 800 }

/**
 * Typing in the middle of a text of 50,000 words: the whole studio in the browser shell, with core keeping every step,
 * beside a bare ProseMirror editor with the same text in the same browser, block by block in turn.
 */
export async function run({ words = scaled(50_000), blocks = Math.max(2, Math.min(12, scaled(1200))) } = {}): Promise<BenchResult> {
  const browser = await startBrowser()
  if (!browser) return { bench: 'typing', measures: [], skipped: 'Chromium is not installed' }
  const before = loadNow()
  const scratch = scratchFolder()
  const prepared = await prepareProject(scratch.path('prepared'), { items: 20, words })
  const shell = await startShell(prepared.userData)
  try {
    const studio = await openTypist(await openStudio(browser, shell.address, prepared))
    const bare = await openTypist(await openBare(browser, prepared))
    for (const warmUp of [studio, bare, studio, bare]) await warmUp.block()
    const ours: Spent[] = []
    const theirs: Spent[] = []
    for (let block = 0; block < blocks; block++) {
      if (block % 2 === 0) theirs.push(await bare.block())
      ours.push(await studio.block())
      if (block % 2 === 1) theirs.push(await bare.block())
    }
    const shown = [ours, theirs].map((spent) => spent.map((one) => one.untilShown)) as [number[], number[]]
    const all = [ours, theirs].map((spent) => spent.map((one) => one.withAllThatFollows)) as [number[], number[]]
    return {
      bench: 'typing',
      facts: { words, keysInBlock: KEYS, millisecondsBetweenKeys: BETWEEN_KEYS },
      measures: [
        measure('main thread per key, studio', 'ms', shown[0]),
        measure('main thread per key, bare ProseMirror', 'ms', shown[1]),
        measure('main thread per key, studio / bare', '×', ratios(...shown), '≤ 1.3'),
        measure('with all that follows, studio', 'ms', all[0]),
        measure('with all that follows, bare ProseMirror', 'ms', all[1]),
        measure('with all that follows, studio / bare', '×', ratios(...all)),
      ],
      load: [before, loadNow()],
    }
  } finally {
    await browser.close()
    await shell.stop()
    scratch.remove()
  }
}

async function openStudio(browser: Browser, address: string, { path, item }: Prepared): Promise<Page> {
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
  await page.goto(`${address}#/project/${encodeURIComponent(path)}/item/${item}`)
  return page
}

async function openBare(browser: Browser, { paragraphs }: Prepared): Promise<Page> {
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
  // Without a type of document the page would be laid out by the rules of the nineties.
  await page.setContent('<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title></head><body></body></html>')
  await page.addScriptTag({ content: await buildBare() })
  await page.evaluate((texts) => { (window as unknown as { openBareEditor(texts: readonly string[]): void }).openBareEditor(texts) }, paragraphs)
  return page
}

async function buildBare(): Promise<string> {
  const built = await build({
    configFile: false, root, logLevel: 'warn', publicDir: false, define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, lib: { entry: join(root, 'bench/support/bare-editor.ts'), formats: ['iife'], name: 'bareEditor' } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  if (!first || !('output' in first)) throw new Error('the bare editor was not built')
  return first.output[0].code
}
