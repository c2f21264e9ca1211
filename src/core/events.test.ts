import { expect, test } from 'vitest'
import { numberedEvent } from '../contract/index.js'
import { createEvents } from './events.js'

const itemOf = (n: number): string => n.toString(16).padStart(64, '0')
const changed = (n: number) => ({ type: 'item.changed' as const, project: 'project-1', item: itemOf(n) })

async function take<T>(source: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = []
  for await (const value of source) {
    taken.push(value)
    if (taken.length === count) break
  }
  return taken
}

test('a subscriber is told the current number at once and then every event in order', async () => {
  const events = createEvents({ run: 'run-a' })
  events.publish(changed(1))
  const subscription = events.subscribe()
  events.publish(changed(2))
  events.publish(changed(3))
  const got = await take(subscription, 3)
  expect(got.map((message) => message.number)).toEqual([2, 3, 4])
  expect(got.map((message) => message.event.type)).toEqual(['engines.changed', 'item.changed', 'item.changed'])
  for (const message of got) expect(numberedEvent.parse(message)).toEqual(message)
})

test('the first message is a valid one even where nothing has happened yet', async () => {
  const [first] = await take(createEvents().subscribe(), 1)
  expect(numberedEvent.safeParse(first).success).toBe(true)
})

test('a page that reconnects sees by the number what it missed', async () => {
  const events = createEvents()
  const seen = (await take(events.subscribe(), 1))[0]!.number
  events.publish(changed(1))
  expect((await take(events.subscribe(), 1))[0]!.number).toBe(seen + 1)
})

test('a slow subscriber loses what it did not read and the numbers have a gap', async () => {
  const events = createEvents({ buffer: 10 })
  const subscription = events.subscribe()
  for (let n = 0; n < 25; n++) events.publish(changed(n))
  expect((await take(subscription, 6)).map((message) => message.number)).toEqual([21, 22, 23, 24, 25, 26])
})

test('a subscription ends with its signal, also one that nobody has read from', async () => {
  const events = createEvents()
  const controller = new AbortController()
  const subscription = events.subscribe(controller.signal)
  const unread = events.subscribe(controller.signal)
  await subscription.next()
  const waiting = subscription.next()
  controller.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
  events.publish(changed(1))
  expect(await unread.next()).toEqual({ done: true, value: undefined })
  expect(await events.subscribe(controller.signal).next()).toEqual({ done: true, value: undefined })
})

test('several waiting reads are answered one event each', async () => {
  const events = createEvents()
  const subscription = events.subscribe()
  await subscription.next()
  const both = Promise.all([subscription.next(), subscription.next()])
  events.publish(changed(1))
  events.publish(changed(2))
  expect((await both).map((step) => step.value?.number)).toEqual([2, 3])
})
