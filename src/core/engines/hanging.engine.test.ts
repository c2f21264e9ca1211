import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EngineRole } from '../../contract/index.js'
import { realSpawn } from '../imaging/testing-engines.js'
import { removeFolder, testStudio, type TestStudio } from '../testing/test-studio.js'

let engines: Awaited<ReturnType<typeof realSpawn>>
let studio: TestStudio
let project: string
beforeAll(async () => {
  engines = await realSpawn()
  studio = await testStudio({ spawn: engines.spawn, name: 'Ada', resources: join(import.meta.dirname, '../../../resources'), enginePatience: { pingMs: 200, silenceMs: 3000 } })
  ;({ handle: project } = await studio.call.projects.create({ title: 'Hanging' }))
})
afterAll(async () => {
  await studio.close()
  await engines.remove()
  await removeFolder(studio.folder)
})

const newest = (role: EngineRole) => engines.children.findLast((one) => one.role === role)!.child
const jobOf = (job: string) => studio.call.jobs.get({ job })

/** Asks for four pictures and does something to the engine once the first is there. */
async function disturb(what: (pid: number) => void): Promise<{ job: string; item: string }> {
  const { job, item } = await studio.call.pictures.ask({ project, item: null, prompt: 'red apple', count: 4, seed: 1 })
  await vi.waitFor(async () => expect((await jobOf(job)).results.length).toBeGreaterThan(0), { timeout: 60_000, interval: 5 })
  what(newest('image').pid!)
  return { job, item }
}

for (const [name, signal] of [['stops answering', 'SIGSTOP'], ['is killed', 'SIGKILL']] as const) {
  test(`a picture engine that ${name} is ended and started again; its job says so, keeps what it has and is done when tried again`, async () => {
    const { job, item } = await disturb((pid) => process.kill(pid, signal))
    const disturbed = newest('image')
    await vi.waitFor(async () => expect((await jobOf(job)).state).toBe('failed'), { timeout: 30_000 })
    const { error, results } = await jobOf(job)
    expect(error).toMatchObject({ code: 'engine-lost', data: { role: 'image' } })
    expect(results.length).toBeGreaterThanOrEqual(1)
    expect((await studio.call.items.get({ project, item })).versions).toBe(results.length)
    await vi.waitFor(() => expect(disturbed.signalCode ?? disturbed.exitCode).not.toBeNull())

    const { job: again } = await studio.call.jobs.retry({ job })
    await vi.waitFor(async () => expect((await jobOf(again)).state).toBe('done'), { timeout: 60_000 })
    expect(newest('image')).not.toBe(disturbed)
  })
}

test('a media engine that stops answering is ended, what was asked of it says so, and the next file comes in', async () => {
  const { imported } = await studio.call.pictures.import({ project, paths: [join(import.meta.dirname, '../../../build/pictures/welcome-light.png')] })
  expect(imported).toHaveLength(1)
  process.kill(newest('media').pid!, 'SIGSTOP')
  const path = join(import.meta.dirname, '../../../build/pictures/welcome-dark.png')
  const outcome = await studio.call.pictures.import({ project, paths: [path] }).then(({ refused }) => refused[0]!.error, (error: { code: string }) => error)
  expect(outcome.code).toBe('engine-lost')
  expect((await studio.call.pictures.import({ project, paths: [path] })).imported).toHaveLength(1)
})
