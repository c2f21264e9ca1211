import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStudioDb } from '../studio-db/index.js'
import { createQueue } from './queue.js'
import { heldRunner, imageJob, project, startStudio, textJob, until, type HeldRunner, type TestStudio } from './test-queue.js'

let studio: TestStudio
let text: HeldRunner
let image: HeldRunner

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  text = heldRunner({ lane: 'text', afterRestart: 'interrupt' })
  image = heldRunner({ lane: 'image', afterRestart: 'continue' })
  studio = startStudio({ text, image })
  studio.queue.projectOpened(project, 'handle')
})
afterEach(async () => {
  await studio.end()
  vi.useRealTimers()
})
const beat = (): void => void vi.advanceTimersByTime(3000)

test('what another core asked of a running job is heard at the next beat', async () => {
  const poem = studio.queue.enqueue(textJob)
  const boat = studio.queue.enqueue(imageJob)
  await until(() => text.started.length === 1 && image.started.length === 1)
  const other = openStudioDb(studio.db.path)
  other.jobs.askCancel(poem)
  other.jobs.setPaused(boat, true)
  beat()
  await until(() => studio.queue.view(poem).state === 'cancelled' && studio.queue.view(boat).waits === 'paused')
  other.close()
})

test('a job of this computer that another core left waiting is taken at the next beat', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20))
  const other = openStudioDb(studio.db.path)
  other.jobs.insert({ id: 'from-another-core', kind: 'image', title: '', detail: '', projectPath: null, item: null, params: null, wanted: 1, createdAt: 1, retryOf: null })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(image.started.length).toBe(0)
  beat()
  await until(() => image.started[0]?.job.id === 'from-another-core')
  other.close()
})

test('an end that could not be written is written at the next beat, and whoever waits for it is told', async () => {
  await studio.queue.close()
  const { jobs } = studio.db
  let full = true
  const rows = { ...jobs, settle: (...args: Parameters<typeof jobs.settle>) => { if (full) throw new Error('database or disk is full'); return jobs.settle(...args) } }
  studio.queue = createQueue({ db: { jobs: rows }, events: { run: 'full', publish: () => {} }, runners: { text } })
  studio.queue.projectOpened(project, 'handle')
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  const ended = studio.queue.whenEnded(id)
  text.started[0]!.finish()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(studio.queue.view(id).state).toBe('running')
  full = false
  beat()
  expect((await ended).state).toBe('done')
})

test('a long job keeps its lease', async () => {
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  const before = studio.db.jobs.get(id)!.leaseUntil!
  await new Promise((resolve) => setTimeout(resolve, 10))
  beat()
  expect(studio.db.jobs.get(id)!.leaseUntil!).toBeGreaterThan(before)
})
