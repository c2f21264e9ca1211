import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStudioDb, type NewJobRow, type StudioDb } from './index.js'

let folder: string
let one: StudioDb
let two: StudioDb
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-rows-'))
  one = openStudioDb(join(folder, 'studio.db'))
  two = openStudioDb(join(folder, 'studio.db'))
})
afterEach(() => {
  one.close()
  two.close()
  rmSync(folder, { recursive: true, force: true })
})

const job = (id: string): NewJobRow => ({ id, kind: 'text', title: 'A poem', detail: '', projectPath: '/a', item: null, params: { prompt: 'ü'.repeat(10) }, wanted: 1, createdAt: 1, retryOf: null })

test('of two cores that claim a job one gets it, and only that one can end it', () => {
  one.jobs.insert(job('a'))
  expect([one.jobs.claim('a', 'one', 5, 100), two.jobs.claim('a', 'two', 5, 100)]).toEqual([true, false])
  expect(two.jobs.settle('a', 'two', { state: 'done', at: 6 })).toBe(false)
  expect(one.jobs.settle('a', 'one', { state: 'failed', error: { code: 'internal', data: {} }, text: 'words', at: 7 })).toBe(true)
  expect(one.jobs.settle('a', 'one', { state: 'done', at: 8 })).toBe(false)
  expect(two.jobs.get('a')).toMatchObject({ state: 'failed', error: { code: 'internal' }, text: 'words', owner: null, startedAt: 5, endedAt: 7 })
})

test('a job that was cancelled or paused is not claimed', () => {
  one.jobs.insert(job('a'))
  one.jobs.insert(job('b'))
  one.jobs.cancelWaiting('a', 2)
  one.jobs.setPaused('b', true)
  expect([two.jobs.claim('a', 'two', 3, 9), two.jobs.claim('b', 'two', 3, 9)]).toEqual([false, false])
})

test('progress of a job that another core took meanwhile is not written', () => {
  one.jobs.insert(job('a'))
  one.jobs.claim('a', 'one', 1, 2)
  two.jobs.settle('a', 'one', { state: 'waiting', crashed: true, at: 3 })
  two.jobs.claim('a', 'two', 3, 9)
  one.jobs.keepProgress('a', 'one', { text: 'old words', share: 0.5, step: 'writing' })
  expect(two.jobs.get('a')).toMatchObject({ owner: 'two', text: null, share: null, crashes: 1 })
})

test('an output clears the count of crashes and is listed once', () => {
  one.jobs.insert(job('a'))
  one.jobs.claim('a', 'one', 1, 2)
  one.jobs.settle('a', 'one', { state: 'waiting', crashed: true, at: 3 })
  one.jobs.addResult('a', 'f'.repeat(64))
  one.jobs.addResult('a', 'f'.repeat(64))
  expect(one.jobs.get('a')).toMatchObject({ crashes: 0, results: ['f'.repeat(64)] })
})

test('moving changes the order of waiting jobs alone, and parameters come back as they were', () => {
  for (const id of ['a', 'b', 'c', 'd']) one.jobs.insert(job(id))
  one.jobs.claim('b', 'one', 1, 2)
  expect(two.jobs.move('d', 'a')).toBe(true)
  expect(one.jobs.all().map((row) => row.id)).toEqual(['d', 'b', 'a', 'c'])
  expect([one.jobs.move('b', 'a'), one.jobs.move('a', 'b'), one.jobs.move('a', 'a')]).toEqual([false, false, true])
  expect(one.jobs.params('a')).toEqual({ prompt: 'ü'.repeat(10) })
})

test('only what ended long ago is thinned, and only what ended is removed', () => {
  for (const id of ['a', 'b', 'c']) one.jobs.insert(job(id))
  one.jobs.cancelWaiting('a', 10)
  one.jobs.cancelWaiting('b', 20)
  one.jobs.thin(15)
  expect(one.jobs.removeEnded('c')).toBe(false)
  expect(one.jobs.all().map((row) => row.id)).toEqual(['b', 'c'])
})
