import { describe, expect, test } from 'vitest'
import type { JobView } from '../../../contract/index.js'
import { inOrder, placeInQueue, quietUntil, summarise } from './summary.js'

const job = (id: string, state: JobView['state'] = 'waiting', msLeft: number | null = null): JobView => ({
  id,
  kind: 'text',
  title: id,
  detail: '',
  projectPath: null,
  project: null,
  item: null,
  state,
  share: null,
  step: '',
  msLeft,
  waits: null,
  outputs: { done: 0, wanted: 1 },
  text: null,
  previews: [],
  results: [],
  error: null,
  createdAt: 0,
  startedAt: null,
  endedAt: null,
})

describe('the queue in one line', () => {
  test('counts what runs, waits and stopped', () => {
    expect(summarise([job('a', 'running', 4000), job('b'), job('c', 'failed'), job('d', 'interrupted'), job('e', 'done')])).toEqual({
      running: 1,
      waiting: 1,
      stopped: 2,
      msLeft: 4000,
    })
  })

  test('says no time as long as one job does not know its own', () => {
    expect(summarise([job('a', 'running', 4000), job('b', 'running')]).msLeft).toBeNull()
    expect(summarise([job('a')]).msLeft).toBeNull()
  })
})

test('what runs stands first and what has ended last, newest first', () => {
  const jobs = [
    { ...job('old', 'done'), endedAt: 1 },
    { ...job('new', 'cancelled'), endedAt: 2 },
    job('f', 'failed'),
    job('w1'),
    job('r', 'running'),
    job('w2'),
  ]
  expect(inOrder(jobs).map(({ id }) => id)).toEqual(['r', 'w1', 'w2', 'f', 'new', 'old'])
})

describe('where a moved job goes', () => {
  const jobs = ['a', 'b', 'c'].map((id) => job(id))

  test('before another, after another, to the end', () => {
    expect(placeInQueue(jobs, 'c', 'a', 'before')).toBe('a')
    expect(placeInQueue(jobs, 'a', 'b', 'after')).toBe('c')
    expect(placeInQueue(jobs, 'a', 'c', 'after')).toBeNull()
  })

  test('a job can only be put among those that wait', () => {
    expect(placeInQueue([job('r', 'running'), ...jobs], 'b', 'r', 'after')).toBeUndefined()
    expect(placeInQueue([job('r', 'running'), ...jobs], 'c', 'a', 'before')).toBe('a')
  })

  test('a job dropped where it stands is not moved', () => {
    expect(placeInQueue(jobs, 'b', 'a', 'after')).toBeUndefined()
    expect(placeInQueue(jobs, 'b', 'c', 'before')).toBeUndefined()
  })
})

test('work with files is not shown in its first second, but when it waits longer, ends or fails', () => {
  const work = { ...job('x', 'running'), kind: 'export' as const, createdAt: 5000 }
  expect(quietUntil(work)).toBe(6000)
  expect(quietUntil({ ...work, state: 'waiting' })).toBe(6000)
  expect([quietUntil({ ...work, state: 'done' }), quietUntil({ ...work, state: 'failed' }), quietUntil({ ...work, kind: 'image' })]).toEqual([0, 0, 0])
})
