import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test('the page reaches core, and reaches another one after core was killed', async ({ studio }) => {
  const before = await (await openClient(studio.page)).system.about()
  expect(before.shell).toBe(studio.shell)
  await studio.killCore()
  await expect.poll(() => existsSync(join(studio.userData, 'core.pid'))).toBe(true)
  const after = await (await openClient(studio.page)).system.about()
  expect(after.run).not.toBe(before.run)
})

test('Galley closes and opens again with the same user data', async ({ studio }) => {
  const before = await (await openClient(studio.page)).system.about()
  const page = await studio.restart()
  const after = await (await openClient(page)).system.about()
  expect(after.run).not.toBe(before.run)
})

test('the page keeps to its policy and to its own address', async ({ studio }) => {
  const { page } = studio
  const answer = await page.evaluate(async () => {
    const breaches: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => breaches.push(event.effectiveDirective))
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
    const picture = new Image()
    picture.src = 'https://example.invalid/picture.png'
    await fetch('https://example.invalid/').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 200))
    return breaches
  })
  expect(answer).toEqual(expect.arrayContaining(['connect-src', 'img-src', 'style-src-elem']))
  const before = page.url()
  await page.evaluate(() => { location.href = 'https://example.invalid/' })
  if (studio.shell === 'desktop') expect(page.url()).toBe(before)
})

test('an address that is no picture of an open project is answered with 404', async ({ studio }) => {
  const status = await studio.page.evaluate(async () => (await fetch('/assets/aaaaaaaa/' + '0'.repeat(64))).status)
  expect(status).toBe(404)
  const outside = await studio.page.evaluate(async () => (await fetch('/static/%2e%2e/%2e%2e/main/main.cjs')).status)
  expect(outside).toBe(404)
})

test('the first screen opens without an error and without a breach of its policy', async ({ studio }) => {
  const problems: string[] = []
  studio.page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text()) })
  studio.page.on('pageerror', (error) => problems.push(error.message))
  await studio.page.reload()
  await expect(studio.page.locator('#root > *').first()).toBeVisible()
  await openClient(studio.page)
  expect(problems).toEqual([])
})
