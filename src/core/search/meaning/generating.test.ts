import { expect, test } from 'vitest'
import { scriptedEngine } from '../../testing/scripted-engine.js'
import { testModel } from '../../testing/test-model.js'
import { removeFolder, testStudio } from '../../testing/test-studio.js'
import { watchGenerating } from './generating.js'

test('a model works while a job writes, from its beginning until it has ended', async () => {
  const engine = scriptedEngine()
  engine.hold()
  const studio = await testStudio({ spawn: engine.spawn, name: 'Ada' })
  const ending = new AbortController()
  const { events, queue } = studio.studio.services
  const generating = watchGenerating({ events, queue, signal: ending.signal })
  const model = await testModel(studio)
  const { handle: project } = await studio.call.projects.create({ title: 'Book' })
  const { id: item } = await studio.call.items.create({ project, kind: 'text', title: 'Harbour' })
  expect(generating.now()).toBe(false)
  await generating.over(ending.signal)

  const { job } = await studio.call.texts.ask({ project, item, operation: 'draft', prompt: 'sea', model })
  await expect.poll(() => generating.now()).toBe(true)
  let isOver = false
  const over = generating.over(ending.signal).then(() => { isOver = true })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isOver).toBe(false)
  engine.release()
  await queue.whenEnded(job)
  await over
  expect(generating.now()).toBe(false)

  engine.hold()
  await studio.call.texts.ask({ project, item, operation: 'draft', prompt: 'sea', model })
  await expect.poll(() => generating.now()).toBe(true)
  const left = generating.over(ending.signal)
  ending.abort()
  await left
  engine.release()
  await studio.close()
  await removeFolder(studio.folder)
})
