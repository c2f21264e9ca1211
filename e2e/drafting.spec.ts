import { join } from 'node:path'
import { openClient } from './support/client.js'
import { expect, test } from './support/studio.js'

test('the text engine drafts into a proposal, and what was accepted is there after core was killed', async ({ studio }) => {
  test.slow()
  let client = await openClient(studio.page)
  const models = await client.models.list()
  test.skip(!models.some((model) => model.kind === 'text' && model.path !== null), 'the built-in text model is not here')
  await client.system.changeSettings({ name: 'Robin' })
  const path = join(studio.userData, 'harbour.galley')
  const project = await client.projects.create({ title: 'Harbour', path })
  const item = await client.items.create({ project: project.handle, kind: 'text', title: 'Morning' })
  const text = { project: project.handle, item: item.id }

  const { job } = await client.texts.ask({ ...text, operation: 'draft', prompt: 'A sentence about boats in a harbour.', seed: 7, maxTokens: 24 })
  await expect.poll(async () => (await client.jobs.get({ job })).state, { timeout: 60_000 }).toBe('done')
  const [proposal] = await client.texts.proposals(text)
  await client.texts.decide({ ...text, proposal: proposal!.id, decisions: proposal!.pieces.map(({ index }) => ({ piece: index, outcome: 'accepted' as const })) })
  const { heads } = await client.items.get(text)

  await studio.killCore()
  await expect.poll(async () => {
    client = await openClient(studio.page)
    return client.items.get(text).then((found) => found.heads, () => null)
  }).toEqual(heads)
})
