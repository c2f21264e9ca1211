import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testStudio, type TestStudio } from './testing/test-studio.js'

const shipped = fileURLToPath(new URL('../../resources/sample/Low Water.galley', import.meta.url))
let resources: string
let one: TestStudio

beforeEach(async () => {
  resources = mkdtempSync(join(tmpdir(), 'galley-sample-'))
  one = await testStudio({ spawn: () => { throw new Error('no engine is needed') }, resources, name: 'Somebody Else' })
})
afterEach(async () => {
  await one.close()
  rmSync(resources, { recursive: true, force: true })
  rmSync(one.folder, { recursive: true, force: true })
})

async function ship(): Promise<void> {
  mkdirSync(join(resources, 'sample'))
  await copyFile(shipped, join(resources, 'sample/Low Water.galley'))
  chmodSync(join(resources, 'sample/Low Water.galley'), 0o444)
}

test('the sample project is opened as a copy of one’s own, each time under a free name, and can be written', async () => {
  await ship()
  const first = await one.call.projects.openSample()
  expect(first).toMatchObject({ title: 'Low Water', readOnly: false, path: join(one.folder, 'projects', 'Low Water.galley'), founder: { name: 'Marit Aldous' } })
  const second = await one.call.projects.openSample()
  expect(second.path).toBe(join(one.folder, 'projects', 'Low Water 2.galley'))
  const { id } = await one.call.items.create({ project: first.handle, kind: 'text', title: 'Mine' })
  expect((await one.call.items.list({ project: second.handle })).items.map((item) => item.id)).not.toContain(id)
})

test('the sample project has work in every state, and a decision of a newcomer is kept but does not count', async () => {
  await ship()
  const { handle: project, path } = await one.call.projects.openSample()
  const { items, folders } = await one.call.items.list({ project })
  expect(folders).toHaveLength(3)
  expect(new Set(items.map((item) => item.state))).toEqual(new Set(['draft', 'approved', 'changes-asked']))
  expect(items.filter((item) => item.kind === 'image')).toHaveLength(4)
  const thanks = items.filter((item) => item.openProposals > 0)
  expect(thanks).toHaveLength(1)
  const [proposal] = await one.call.texts.proposals({ project, item: thanks[0]!.id })
  expect(proposal!.pieces.length).toBeGreaterThan(1)
  expect(proposal!.pieces.every((piece) => piece.range !== null && piece.outcome === 'open')).toBe(true)
  const essay = items.find((item) => item.state === 'approved')!
  expect(await one.call.review.decide({ project, version: essay.heads[0]!, decision: 'changes', notes: 'No.' })).toMatchObject({ counts: false })
  expect((await one.call.review.view({ project, item: essay.id })).state).toBe('approved')
  await one.call.projects.close({ project })
  expect(await one.call.projects.check({ path, rebuild: false })).toMatchObject({ ok: true, problems: [] })
})

test('where the sample project does not ship, that is said and nothing is made', async () => {
  await expect(one.call.projects.openSample()).rejects.toMatchObject({ code: 'not-found', data: { what: 'project' } })
  expect(readdirSync(join(one.folder, 'projects'))).toEqual([])
})
