import type { CDPSession, Page } from '@playwright/test'

/** Keys of one block that is measured. */
export const KEYS = 25
/** Between two keys, in milliseconds: a very fast typist, and time for a frame. */
export const BETWEEN_KEYS = 40
/** After the last key: what follows from typing (saving, counting words) is done by then. */
const SETTLE = 1500

/** Processor time of the page's main thread for one key, in milliseconds. */
export interface Spent { readonly untilShown: number; readonly withAllThatFollows: number }

/** Puts the cursor into the middle of the text and types there. */
export async function openTypist(page: Page): Promise<{ block(): Promise<Spent> }> {
  const paragraphs = page.locator('.ProseMirror p')
  await paragraphs.first().waitFor()
  const middle = paragraphs.nth(Math.floor((await paragraphs.count()) / 2))
  await middle.scrollIntoViewIfNeeded()
  await middle.click()
  await page.keyboard.press('End')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const written = 'the boats lie on the mud ' // a blank now and then, as in a text
  return {
    async block() {
      const length = (): Promise<number> => page.evaluate(() => document.querySelector('.ProseMirror')!.textContent.length)
      const lengthBefore = await length()
      const start = await mainThread(devtools)
      for (let key = 0; key < KEYS; key++) {
        await page.keyboard.press(written[key % written.length]!)
        await page.waitForTimeout(BETWEEN_KEYS)
      }
      const shown = await mainThread(devtools)
      await page.waitForTimeout(SETTLE)
      const end = await mainThread(devtools)
      const typed = (await length()) - lengthBefore
      if (typed !== KEYS) throw new Error(`${typed} of ${KEYS} keys reached the text`)
      return { untilShown: (shown - start) / KEYS, withAllThatFollows: (end - start) / KEYS }
    },
  }
}

/** What the main thread worked so far, in milliseconds of its own processor time. */
async function mainThread(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}
