import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import type { NumberedEvent, StudioEvent } from '../contract/index.js'
import { createConnection } from './connection/connection.js'
import { followEvents } from './events.js'
import { judge, keepFresh } from './freshness.js'

describe('what an event means for held answers', () => {
  test('the next number makes only its own answers stale', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'a', number: 5 }, false)).toBe('event')
  })

  test('a gap makes everything stale', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'a', number: 6 }, false)).toBe('everything')
  })

  test('a number that goes back makes everything stale', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'a', number: 2 }, false)).toBe('everything')
  })

  test('another run of core makes everything stale, whatever its number', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'b', number: 5 }, false)).toBe('everything')
  })

  test('a stream that begins with the last number seen means that nothing was missed', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'a', number: 4 }, true)).toBe('nothing')
  })

  test('a stream that begins one later does not carry the event that was missed', () => {
    expect(judge({ run: 'a', number: 4 }, { run: 'a', number: 5 }, true)).toBe('everything')
  })

  test('the first event of a page counts as itself', () => {
    expect(judge(null, { run: 'a', number: 900 }, false)).toBe('event')
  })
})

/** A stream that a test feeds by hand. */
function createStream() {
  const waiting: ((value: IteratorResult<NumberedEvent>) => void)[] = []
  const queue: NumberedEvent[] = []
  return {
    push(event: NumberedEvent) {
      const take = waiting.shift()
      if (take) take({ done: false, value: event })
      else queue.push(event)
    },
    next: (): Promise<IteratorResult<NumberedEvent>> => new Promise((resolve) => {
      const event = queue.shift()
      if (event) resolve({ done: false, value: event })
      else waiting.push(resolve)
    }),
  }
}

test('events make answers stale across a lost channel, and a missed event makes all of them stale', async () => {
  vi.useFakeTimers()
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const jobs = [['jobs', 'list'], { type: 'query' }]
  const recent = [['projects', 'recent'], { type: 'query' }]
  const isStale = (key: unknown[]): boolean | undefined => queries.getQueryState(key)?.isInvalidated
  queries.setQueryData(jobs, [])
  queries.setQueryData(recent, [])

  const connection = createConnection()
  const streams = [createStream(), createStream()]
  let opened = 0
  followEvents(connection, async () => streams[opened++] as AsyncIterator<NumberedEvent>)
  const end = keepFresh(queries)
  const event = (number: number, what: StudioEvent): NumberedEvent => ({ run: 'a', number, event: what })

  const lose = connection.use({ call: async () => null })
  await vi.advanceTimersByTimeAsync(60)
  streams[0]?.push(event(1, { type: 'job.changed', job: 'j' }))
  await vi.advanceTimersByTimeAsync(60)
  expect([isStale(jobs), isStale(recent)]).toEqual([true, false])

  queries.setQueryData(jobs, [])
  lose()
  connection.use({ call: async () => null })
  await vi.advanceTimersByTimeAsync(1000)
  streams[1]?.push(event(1, { type: 'job.changed', job: 'j' }))
  await vi.advanceTimersByTimeAsync(60)
  expect([isStale(jobs), isStale(recent)]).toEqual([false, false])

  streams[1]?.push(event(3, { type: 'job.changed', job: 'j' }))
  await vi.advanceTimersByTimeAsync(60)
  expect([isStale(jobs), isStale(recent)]).toEqual([true, true])
  end()
  vi.useRealTimers()
})
