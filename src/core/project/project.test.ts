import { afterAll, describe, expect, it } from 'vitest'
import { createProject, factIdOf, openProject } from './index.js'
import { addText, commit, itemFact, makeAuthor, makeFolder, makeMemory, paragraphs, textVersion, title } from './testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const ada = makeAuthor('Ada')
const cacheDir = folder.path('cache')

describe('a project file', () => {
  it('is made, written, closed and opened again with everything in it [COMMIT1]', async () => {
    const memory = makeMemory()
    const path = folder.path('first.galley')
    const project = await createProject(path, { title: 'First', author: ada, memory, cacheDir })
    const { item, version } = await addText(project, ada, 'A title', 'One two three.', 'Four.')
    expect(project.items()).toMatchObject([{ id: item, title: 'A title', heads: [version], versions: 1 }])
    await project.close()
    const again = await openProject(path, { author: ada, memory, cacheDir })
    expect(again.project()).toMatchObject({ title: 'First', founder: ada.person, founderKey: ada.signer.publicKey, items: 1, versions: 1 })
    expect(again.items()).toMatchObject([{ id: item, title: 'A title', heads: [version], versions: 1 }])
    expect(again.versions(item, { limit: 10 })).toMatchObject(
      [{ id: version, ordinal: 1, isHead: true, hidden: false, removed: false, words: 4, beginning: 'One two three. Four.' }]
    )
    expect(again.blocks(version)).toEqual(paragraphs('One two three.', 'Four.'))
    expect(again.personName(ada.person)).toBe('Ada')
    await again.close()
  })

  it('goes on with its replica where this computer remembers the file [REPLICA1]', async () => {
    const memory = makeMemory()
    const path = folder.path('continued.galley')
    const project = await createProject(path, { title: 'Continued', author: ada, memory, cacheDir })
    await project.close()
    const again = await openProject(path, { author: ada, memory, cacheDir })
    await commit(again, ada, { facts: [itemFact(ada)] })
    expect(new Set(again.log({ limit: 10 }).map((entry) => entry.commit.replica)).size).toBe(1)
    expect(again.log({ limit: 10 }).map((entry) => entry.commit.number)).toEqual([2, 1])
    await again.close()
  })

  it('undoes and does again, also after it was closed [UNDO1]', async () => {
    const memory = makeMemory()
    const path = folder.path('undo.galley')
    const project = await createProject(path, { title: 'Undo', author: ada, memory, cacheDir })
    const { item, version } = await addText(project, ada, 'Before', 'Words.')
    await commit(project, ada, { label: 'undo.rename', registers: [title(item, 'Between')] })
    await commit(project, ada, { label: 'undo.rename', registers: [title(item, 'After')] })
    expect((await project.undo(ada)).items).toEqual([item])
    expect(project.item(item)?.title).toBe('Between')
    await project.undo(ada)
    expect(project.item(item)?.title).toBe('Before')
    expect(project.undoLabels()).toEqual({ undo: 'undo.test', redo: 'undo.rename' })
    await project.close()
    const again = await openProject(path, { author: ada, memory, cacheDir })
    await again.redo(ada)
    expect(again.item(item)?.title).toBe('Between')
    const blocks = paragraphs('Words.', 'More.')
    const second = textVersion(ada, item, blocks, [version])
    await commit(again, ada, { facts: [second], blocks })
    expect(again.item(item)).toMatchObject({ heads: [factIdOf(second)], versions: 2 })
    await again.undo(ada)
    expect(again.item(item)).toMatchObject({ heads: [version], versions: 1 })
    expect(again.version(factIdOf(second))).toMatchObject({ hidden: true })
    await again.redo(ada)
    expect(again.item(item)).toMatchObject({ heads: [factIdOf(second)], versions: 2 })
    await again.close()
  })
})
