import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NumberedEvent } from '../../contract/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let test: TestStudio
let text: { project: string; item: string }
beforeEach(async () => {
  test = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  const { handle: project } = await test.call.projects.create({ title: 'Letters' })
  text = { project, item: (await test.call.items.create({ project, kind: 'text', title: 'Letter' })).id }
})
afterEach(async () => {
  vi.useRealTimers()
  await test.close()
  await removeFolder(test.folder)
})

/** A window with a connection of its own, which can be lost. */
function openWindow(session: string) {
  const works = new Map<string, () => void>()
  const caller = { whenGone: (key: string, work: () => void) => void works.set(key, work), callOff: (key: string) => void works.delete(key) }
  const call = createRouterClient(test.studio.router, { context: { caller } })
  return {
    open: () => call.texts.open({ ...text, session }),
    close: () => call.texts.close({ ...text, session }),
    vanish: () => { for (const work of works.values()) work() },
  }
}

/** Settles when the studio says that this text changed hands. */
async function told(): Promise<() => Promise<NumberedEvent>> {
  const events = test.studio.services.events.subscribe()
  await events.next()
  return async () => {
    for (;;) {
      const { value } = await events.next()
      if (value?.event.type === 'draft.changed' && value.event.item === text.item) return value
    }
  }
}

it('[DRAFT1] when the window that writes leaves a text, the others are told and one of them writes on', async () => {
  const [first, second] = [openWindow('window-one'), openWindow('window-two')]
  expect((await first.open()).writable).toBe(true)
  expect((await second.open()).writable).toBe(false)
  const change = await told()
  await first.close()
  await change()
  expect((await second.open()).writable).toBe(true)
})

it('[DRAFT1] when the window that writes is gone without a word, its text is free after a moment', async () => {
  const [first, second] = [openWindow('window-one'), openWindow('window-two')]
  await first.open()
  expect((await second.open()).writable).toBe(false)
  const change = await told()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  first.vanish()
  vi.advanceTimersByTime(3000)
  vi.useRealTimers()
  await change()
  expect((await second.open()).writable).toBe(true)
})

it('[DRAFT1] a window whose connection came back in time still writes', async () => {
  const [first, second] = [openWindow('window-one'), openWindow('window-two')]
  await first.open()
  await second.open()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  first.vanish()
  await openWindow('window-one').open()
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  expect((await second.open()).writable).toBe(false)
})

it('[DRAFT1] when a window that only reads leaves, nobody hears of it', async () => {
  const [first, second] = [openWindow('window-one'), openWindow('window-two')]
  await first.open()
  await second.open()
  const change = await told()
  await second.close()
  await first.close()
  const { event } = await Promise.race([change(), new Promise<{ event: null }>((resolve) => setTimeout(() => resolve({ event: null }), 100))])
  expect(event).toBeNull()
})
