import { afterEach, expect, test } from 'vitest'
import { openStudioDb } from '../studio-db/index.js'
import { createQueue } from './queue.js'
import { heldRunner, imageJob, project, startStudio, textJob, until, type HeldRunner, type TestStudio } from './test-queue.js'

let studio: TestStudio
const runners = (made?: () => string[]): { text: HeldRunner; image: HeldRunner } => ({
  text: heldRunner({ lane: 'text', afterRestart: 'interrupt', made }),
  image: heldRunner({ lane: 'image', afterRestart: 'continue' }),
})

afterEach(() => studio.end())

test('after a crash a running text job is interrupted with its words, a picture job goes on, and waiting ones wait for their project', async () => {
  const before = runners()
  studio = startStudio(before)
  studio.queue.projectOpened(project, 'handle-1')
  const [poem, boat, later] = [textJob, imageJob, { ...textJob, title: 'Later' }].map((job) => studio.queue.enqueue(job))
  await until(() => before.text.started.length === 1 && before.image.started.length === 1)
  before.image.started[0]!.context.output('c'.repeat(64))
  before.text.started[0]!.context.text('Once upon a time')
  await new Promise((resolve) => setTimeout(resolve, 550))

  const after = runners()
  studio.crash(after)
  expect(studio.queue.view(poem!)).toMatchObject({ state: 'interrupted', text: 'Once upon a time', error: null })
  expect(studio.queue.view(boat!)).toMatchObject({ state: 'waiting', waits: 'waits-project', results: ['c'.repeat(64)] })
  expect(studio.queue.view(later!)).toMatchObject({ state: 'waiting', waits: 'waits-project' })
  studio.queue.projectOpened(project, 'handle-2')
  await until(() => after.image.started.length === 1 && after.text.started.length === 1)
  expect(after.image.started[0]!.job).toMatchObject({ id: boat, results: ['c'.repeat(64)], project: 'handle-2' })
  expect(after.text.started[0]!.job.id).toBe(later)
})

test('after a well-ended core all words are there, however short the time since they came', async () => {
  const before = runners()
  studio = startStudio(before)
  studio.queue.projectOpened(project, 'handle-1')
  const poem = studio.queue.enqueue(textJob)
  await until(() => before.text.started.length === 1)
  before.text.started[0]!.context.text('Once')
  await studio.restart(runners())
  expect(studio.queue.view(poem)).toMatchObject({ state: 'interrupted', text: 'Once' })
})

test('a job whose cancelling was answered before the crash does not run again', async () => {
  const before = { image: { ...heldRunner({ lane: 'image', afterRestart: 'continue' }), run: () => new Promise<void>(() => {}) } }
  studio = startStudio(before)
  studio.queue.projectOpened(project, 'handle-1')
  const id = studio.queue.enqueue(imageJob)
  await until(() => studio.queue.view(id).state === 'running')
  studio.queue.cancel(id)
  studio.crash(runners())
  expect(studio.queue.view(id).state).toBe('cancelled')
})

test('a text job whose proposal reached the project before the crash is done and not interrupted', async () => {
  const before = runners()
  studio = startStudio(before)
  studio.queue.projectOpened(project, 'handle-1')
  const id = studio.queue.enqueue(textJob)
  await until(() => before.text.started.length === 1)
  studio.crash(runners(() => ['d'.repeat(64)]))
  expect(studio.queue.view(id).state).toBe('interrupted')
  studio.queue.projectOpened(project, 'handle-2')
  expect(studio.queue.view(id)).toMatchObject({ state: 'done', results: ['d'.repeat(64)], text: null })
})

test('work that takes core down three times without an output is interrupted instead of tried at every start', async () => {
  studio = startStudio(runners())
  const id = studio.queue.enqueue(imageJob)
  for (let crash = 1; crash <= 3; crash++) {
    studio.queue.projectOpened(project, 'handle')
    await until(() => studio.queue.view(id).state === 'running')
    studio.crash(runners())
    expect(studio.queue.view(id).state).toBe(crash < 3 ? 'waiting' : 'interrupted')
  }
})

test('a paused job is still paused after a restart', async () => {
  studio = startStudio(runners())
  const id = studio.queue.enqueue(imageJob)
  studio.queue.pause(id)
  studio.crash(runners())
  expect(studio.queue.view(id).waits).toBe('paused')
})

test('a job that another living core runs is neither taken nor shown as lost', async () => {
  const here = runners()
  studio = startStudio(here)
  studio.queue.projectOpened(project, 'handle-1')
  const id = studio.queue.enqueue({ ...imageJob, projectPath: null })
  await until(() => here.image.started.length === 1)
  // Process 1 lives as long as the computer does.
  const other = openStudioDb(studio.db.path)
  other.relaxed.prepare(`UPDATE jobs SET owner = '1:other', lease_until = ? WHERE id = ?`).run(Date.now() + 60_000, id)
  const queue = createQueue({ db: other, events: { run: 'second', publish: () => {} }, runners: runners() })
  expect(queue.view(id).state).toBe('running')
  other.relaxed.prepare('UPDATE jobs SET lease_until = ? WHERE id = ?').run(Date.now() - 1, id)
  const third = createQueue({ db: other, events: { run: 'third', publish: () => {} }, runners: {} })
  expect(third.view(id).state).toBe('interrupted')
  await third.close()
  await queue.close()
  other.close()
})

test('a core that takes only its own jobs leaves those of others waiting', async () => {
  studio = startStudio({})
  const left = studio.queue.enqueue(textJob)
  const own = runners()
  const queue = createQueue({ db: studio.db, events: { run: 'command', publish: () => {} }, runners: own, takes: 'own' })
  queue.projectOpened(project, 'handle')
  const mine = queue.enqueue(textJob)
  await until(() => own.text.started.length === 1)
  expect([queue.view(left).state, queue.view(mine).state]).toEqual(['waiting', 'running'])
  own.text.started[0]!.finish()
  await queue.whenEnded(mine)
  await queue.close()
  expect(studio.queue.view(left).state).toBe('waiting')
})
