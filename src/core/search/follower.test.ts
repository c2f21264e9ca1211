import { afterEach, describe, expect, it } from 'vitest'
import { schema } from '../../document/index.js'
import { scriptedEngine } from '../testing/scripted-engine.js'
import { removeFolder, testStudio } from '../testing/test-studio.js'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await removeFolder(folder)
})

async function begin() {
  const test = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ada' })
  folders.push(test.folder)
  const { handle: project, path } = await test.call.projects.create({ title: 'Letters' })
  const { id: item } = await test.call.items.create({ project, kind: 'text', title: 'Harbour letter' })
  await test.call.texts.open({ project, item, session: 'session-1' })
  const slice = { content: [schema.text('The heron stayed at low water.').toJSON()] }
  await test.call.texts.append({ project, item, session: 'session-1', number: 0, steps: [{ step: { stepType: 'replace', from: 1, to: 1, slice }, origin: 'typed' }] })
  return { test, project, item, path }
}

describe('search in a project', () => {
  it('finds the words of a draft, a title, a comment and a tag', async () => {
    const { test, project, item } = await begin()
    await test.call.review.comment({ project, item, text: 'Is this a grebe?', anchor: { type: 'whole' } })
    await test.call.items.tag({ project, item, tag: 'autumn', on: true })
    const places = async (words: string) => (await test.call.search.query({ project, words })).hits.map((hit) => [hit.item, hit.where])
    expect(await places('heron')).toEqual([[item, 'text']])
    expect(await places('harbour')).toEqual([[item, 'title']])
    expect(await places('grebe')).toEqual([[item, 'comment']])
    expect(await places('autumn')).toEqual([[item, 'tag']])
    await test.close()
  })

  it('finds nothing of what was set aside, and all of it again after undo', async () => {
    const { test, project, item } = await begin()
    await test.call.items.remove({ project, target: item })
    expect((await test.call.search.query({ project, words: 'heron' })).hits).toEqual([])
    await test.call.projects.undo({ project })
    expect((await test.call.search.query({ project, words: 'heron' })).hits).toHaveLength(1)
    await test.close()
  })

  it('indexes a project that was written elsewhere when it is opened', async () => {
    const { test, project, path } = await begin()
    await test.call.projects.close({ project })
    const other = await testStudio({ spawn: scriptedEngine().spawn, name: 'Ben' })
    folders.push(other.folder)
    const { handle } = await other.call.projects.open({ path })
    expect((await other.call.search.query({ project: handle, words: 'heron' })).hits).toHaveLength(1)
    await test.close()
    await other.close()
  })
})
