import { afterEach, expect, test } from 'vitest'
import { StudioError } from '../../contract/index.js'
import type { JobContext } from './types.js'
import { heldRunner, imageJob, project, startStudio, textJob, until, type HeldRunner, type TestStudio } from './test-queue.js'

let studio: TestStudio
let text: HeldRunner
let image: HeldRunner

function start(): void {
  text = heldRunner({ lane: 'text', afterRestart: 'interrupt' })
  image = heldRunner({ lane: 'image', afterRestart: 'continue' })
  studio = startStudio({ text, image })
  studio.queue.projectOpened(project, 'handle-1')
}

afterEach(() => studio.end())

const states = (): string[] => studio.queue.views().map((view) => view.state)

test('a job waits for its turn, runs and is done', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  expect(studio.queue.view(id)).toMatchObject({ state: 'waiting', waits: 'waits-turn', project: 'handle-1', outputs: { done: 0, wanted: 1 } })
  await until(() => text.started.length === 1)
  expect(text.started[0]!.job).toMatchObject({ id, params: { seed: 7 }, project: 'handle-1', item: textJob.item })
  expect(studio.queue.view(id).state).toBe('running')
  const ended = studio.queue.whenEnded(id)
  text.started[0]!.context.output('b'.repeat(64))
  text.started[0]!.finish()
  expect(await ended).toMatchObject({ state: 'done', share: 1, results: ['b'.repeat(64)], outputs: { done: 1, wanted: 1 }, error: null })
})

test('one job of a lane runs at a time and lanes run beside each other', async () => {
  start()
  for (const job of [textJob, textJob, imageJob]) studio.queue.enqueue(job)
  await until(() => text.started.length === 1 && image.started.length === 1)
  expect(states()).toEqual(['running', 'waiting', 'running'])
  text.started[0]!.finish()
  await until(() => text.started.length === 2)
  expect(states()).toEqual(['done', 'running', 'running'])
})

test("a project's job waits until that project is open", async () => {
  start()
  const id = studio.queue.enqueue({ ...textJob, projectPath: '/home/a/Other.galley' })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(studio.queue.view(id)).toMatchObject({ state: 'waiting', waits: 'waits-project', project: null })
  studio.queue.projectOpened('/home/a/Other.galley', 'handle-2')
  await until(() => studio.queue.view(id).state === 'running')
})

test('a waiting job is cancelled at once and never started', async () => {
  start()
  const first = studio.queue.enqueue(textJob)
  const second = studio.queue.enqueue(textJob)
  studio.queue.cancel(second)
  expect(studio.queue.view(second).state).toBe('cancelled')
  await until(() => text.started.length === 1)
  text.started[0]!.finish()
  await studio.queue.whenEnded(first)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(text.started.length).toBe(1)
})

test('a running job is cancelled by its signal and keeps its words', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  text.started[0]!.context.text('Once upon')
  studio.queue.cancel(id)
  expect(studio.queue.view(id)).toMatchObject({ state: 'running', step: 'stopping' })
  expect(await studio.queue.whenEnded(id)).toMatchObject({ state: 'cancelled', text: 'Once upon' })
})

test('a job that keeps what it has when it is stopped is done', async () => {
  start()
  const stops = heldRunner({ lane: 'io', afterRestart: 'interrupt' })
  await studio.end()
  studio = startStudio({ text: { ...stops, run: (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())) } })
  studio.queue.projectOpened(project, 'handle-1')
  const id = studio.queue.enqueue(textJob)
  await until(() => studio.queue.view(id).state === 'running')
  studio.queue.cancel(id)
  expect((await studio.queue.whenEnded(id)).state).toBe('done')
})

test('cancelling what has ended changes nothing, and an unknown job is refused by name', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  text.started[0]!.finish()
  await studio.queue.whenEnded(id)
  studio.queue.cancel(id)
  expect(studio.queue.view(id).state).toBe('done')
  expect(() => studio.queue.cancel('nobody')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('a lost engine fails the job with its error, and a retry is a new job with the same parameters', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  text.started[0]!.fail(new StudioError('engine-lost', { role: 'text', detail: 'signal 9' }))
  expect(await studio.queue.whenEnded(id)).toMatchObject({ state: 'failed', error: { code: 'engine-lost', data: { role: 'text', detail: 'signal 9' } } })
  const again = studio.queue.retry(id)
  expect(again).not.toBe(id)
  await until(() => text.started.length === 2)
  expect(text.started[1]!.job).toMatchObject({ id: again, params: { seed: 7 }, item: textJob.item, title: 'A poem' })
  expect(() => studio.queue.retry(again)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('waiting jobs are put into another order', async () => {
  start()
  const [, second, third, fourth] = [0, 1, 2, 3].map((n) => studio.queue.enqueue({ ...textJob, title: `Job ${n}` }))
  studio.queue.move(fourth!, second!)
  studio.queue.move(second!, null)
  expect(studio.queue.views().map((view) => view.title)).toEqual(['Job 0', 'Job 3', 'Job 2', 'Job 1'])
  await until(() => text.started.length === 1)
  text.started[0]!.finish()
  await until(() => text.started.length === 2)
  expect(text.started[1]!.job.id).toBe(fourth)
  expect(() => studio.queue.move(fourth!, third!)).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('a paused job lets others pass and goes on when resumed', async () => {
  start()
  const first = studio.queue.enqueue(textJob)
  const second = studio.queue.enqueue(textJob)
  studio.queue.pause(first)
  expect(studio.queue.view(first)).toMatchObject({ state: 'waiting', waits: 'paused' })
  await until(() => text.started.length === 1)
  expect(text.started[0]!.job.id).toBe(second)
  studio.queue.resume(first)
  text.started[0]!.finish()
  await until(() => text.started.length === 2)
  expect(text.started[1]!.job.id).toBe(first)
})

test('a running picture job is paused and later goes on with what it has; a running text job says that it cannot', async () => {
  start()
  const picture = studio.queue.enqueue(imageJob)
  const poem = studio.queue.enqueue(textJob)
  await until(() => image.started.length === 1 && text.started.length === 1)
  image.started[0]!.context.output('c'.repeat(64))
  studio.queue.pause(picture)
  await until(() => studio.queue.view(picture).waits === 'paused')
  expect(studio.queue.view(picture)).toMatchObject({ state: 'waiting', outputs: { done: 1, wanted: 4 } })
  studio.queue.resume(picture)
  await until(() => image.started.length === 2)
  expect(image.started[1]!.job.results).toEqual(['c'.repeat(64)])
  expect(() => studio.queue.pause(poem)).toThrow(expect.objectContaining({ code: 'not-supported' }))
})

test('an ended job is taken off the list, one that has not ended is not', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  expect(() => studio.queue.dismiss(id)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  studio.queue.cancel(id)
  studio.queue.dismiss(id)
  expect(studio.queue.views()).toEqual([])
})

test('a job that waits for memory says so', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  text.started[0]!.context.waits('waits-memory')
  expect(studio.queue.view(id).waits).toBe('waits-memory')
  text.started[0]!.context.waits(null)
  expect(studio.queue.view(id).waits).toBeNull()
})

test('streamed words arrive whole and in order in at most ten events a second', async () => {
  start()
  const id = studio.queue.enqueue(textJob)
  await until(() => text.started.length === 1)
  const begun = Date.now()
  let written = ''
  for (let n = 0; n < 60; n++) {
    text.started[0]!.context.text(`word${n} `)
    written += `word${n} `
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  text.started[0]!.context.progress(0.5, 'writing')
  text.started[0]!.finish()
  await studio.queue.whenEnded(id)
  const progressed = studio.events.filter((event) => event.type === 'job.progressed')
  expect(progressed.length).toBeLessThanOrEqual((Date.now() - begun) / 100 + 2)
  let read = ''
  for (const event of progressed) {
    if (event.text === undefined) continue
    expect(event.text.from).toBe(read.length)
    read += event.text.delta
  }
  expect(read).toBe(written)
})

test('closing a project stops its jobs and settles only when they no longer write', async () => {
  start()
  const order: string[] = []
  await studio.end()
  studio = startStudio({
    image: {
      lane: 'image', afterRestart: 'continue',
      run: async (_, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        await new Promise((resolve) => setTimeout(resolve, 30))
        order.push('last write')
        throw signal.reason
      },
    },
  })
  studio.queue.projectOpened(project, 'handle-1')
  const id = studio.queue.enqueue(imageJob)
  await until(() => studio.queue.view(id).state === 'running')
  await studio.queue.projectClosed(project)
  order.push('closed')
  expect(order).toEqual(['last write', 'closed'])
  expect(studio.queue.view(id)).toMatchObject({ state: 'waiting', waits: 'waits-project' })
})

test('a runner that does not heed its signal cannot hold a closing project for ever, and what it still says is ignored', async () => {
  start()
  let context: JobContext | undefined
  await studio.end()
  studio = startStudio({ image: { lane: 'image', afterRestart: 'continue', run: (_, given) => { context = given; return new Promise(() => {}) } } })
  studio.queue.projectOpened(project, 'handle-1')
  studio.queue.enqueue(imageJob)
  await until(() => context !== undefined)
  await studio.queue.projectClosed(project)
  expect(context!.signal.aborted).toBe(true)
})
