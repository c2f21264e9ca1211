import { copyFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createProject, factIdOf, mergeCopy, openProject, type Author, type OpenProject, type ReplicaMemory } from './index.js'
import { addText, commit, decisionFact, itemFact, makeAuthor, makeFolder, makeMemory, title } from './testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')
const ben = makeAuthor('Ben')
let files = 0

const newest = (project: OpenProject) => project.log({ limit: 1 })[0]!.commit
async function made(memory: ReplicaMemory): Promise<string> {
  const project = await createProject(folder.path(`replica-${++files}.galley`), { title: 'Replica', author: ada, memory, cacheDir })
  await project.close()
  return project.path
}
/** Opens, commits once as this author, closes; answers the commit. */
async function write(path: string, memory: ReplicaMemory, author: Author = ada) {
  const project = await openProject(path, { author, memory, cacheDir })
  await commit(project, author, { facts: [itemFact(author)] })
  const written = newest(project)
  await project.close()
  return written
}

describe('a replica [REPLICA1]', () => {
  it('goes on where the memory lags behind the file, as after a crash between the two', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    const lagging = new Map(memory.values)
    const first = await write(path, memory)
    memory.values.clear()
    for (const [identity, value] of lagging) memory.values.set(identity, value)
    expect(await write(path, memory)).toMatchObject({ replica: first.replica, number: 3 })
  })

  it('does not go on where the file is behind the memory, as after restoring an older state in place', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    copyFileSync(path, `${path}.old`)
    const first = await write(path, memory)
    copyFileSync(path, `${path}.new`)
    copyFileSync(`${path}.old`, path)
    const second = await write(path, memory)
    expect(second).toMatchObject({ number: 1, previous: null, seen: { [first.replica]: [1, expect.any(String)] } })
    const project = await openProject(path, { author: ada, memory, cacheDir })
    expect(await mergeCopy(project, `${path}.new`, ada)).toMatchObject({ commits: 1, items: 1, refused: [] })
    expect(project.items()).toHaveLength(2)
    await project.close()
  })

  it('begins anew for another person, for another key, and where nothing is remembered', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    const replicas = new Set<string>()
    for (const author of [ada, ben, { ...makeAuthor('Ada') }]) replicas.add((await write(path, memory, author)).replica)
    replicas.add((await write(path, makeMemory())).replica)
    expect(replicas.size).toBe(4)
  })

  it('goes on after its file came back from a colleague who wrote in it, and was merged', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    copyFileSync(path, `${path}.sent`)
    await write(`${path}.sent`, makeMemory(), ben)
    const before = await write(path, memory)
    const project = await openProject(path, { author: ada, memory, cacheDir })
    await mergeCopy(project, `${path}.sent`, ada)
    await commit(project, ada, { facts: [itemFact(ada)] })
    expect(newest(project)).toMatchObject({ replica: before.replica, number: 3 })
    expect(Object.keys(newest(project).seen)).toHaveLength(1)
    await project.close()
  })

  it('does not fork where a merge brings later commits of its own line', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    const sent = `${path}.sent`
    copyFileSync(path, sent)
    const ahead = makeMemory()
    const { identityOf } = await import('./open-files.js')
    ahead.write(identityOf(sent), { ...memory.read(identityOf(path))!, cleanHash: null })
    const theirs = await write(sent, ahead)
    const project = await openProject(path, { author: ada, memory, cacheDir })
    expect(await mergeCopy(project, sent, ada)).toMatchObject({ commits: 1, refused: [] })
    await commit(project, ada, { facts: [itemFact(ada)] })
    expect(newest(project).replica).not.toBe(theirs.replica)
    await project.close()
  })

  it('that went on twice is kept in both its branches, and both are shown [MERGE3]', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    const twin = `${path}.twin`
    copyFileSync(path, twin)
    const { identityOf } = await import('./open-files.js')
    const image = makeMemory()
    image.write(identityOf(twin), { ...memory.read(identityOf(path))!, cleanHash: null })
    const [left, right] = [await write(path, memory), await write(twin, image)]
    expect([left.replica, left.number]).toEqual([right.replica, right.number])
    const project = await openProject(path, { author: ada, memory, cacheDir })
    expect(await mergeCopy(project, twin, ada)).toMatchObject({ commits: 1, items: 1, refused: [] })
    expect(project.log({ limit: 9 }).filter((entry) => entry.commit.replica === left.replica && entry.commit.number === 2)).toHaveLength(2)
    expect(project.log({ limit: 9 }).every((entry) => entry.signed)).toBe(true)
    await commit(project, ada, { facts: [itemFact(ada)] })
    expect(newest(project)).toMatchObject({ number: 1, previous: null })
    await project.close()
  })

  it('survives a memory that cannot be written', async () => {
    const memory: ReplicaMemory = { read: () => null, write: () => { throw new Error('studio.db is full') } }
    const path = await made(memory)
    expect(await write(path, memory)).toMatchObject({ number: 1 })
    expect(await write(path, memory)).toMatchObject({ number: 1 })
  })
})

describe('undo [UNDO1]', () => {
  it('puts a register back only if it still holds my value, and says so where nothing is left to undo', async () => {
    const memory = makeMemory()
    const path = await made(memory)
    const project = await openProject(path, { author: ada, memory, cacheDir })
    const { item } = await addText(project, ada, 'Mine', 'Words.')
    await commit(project, ada, { label: 'undo.rename', registers: [title(item, 'Mine too'), { target: item, name: 'tag:x', value: true }] })
    await commit(project, ben, { registers: [title(item, 'Of Ben')] })
    await project.undo(ada)
    expect(project.item(item)).toMatchObject({ title: 'Of Ben', tags: [] })
    await commit(project, ada, { label: 'undo.rename', registers: [title(item, 'Again mine')] })
    await commit(project, ben, { registers: [title(item, 'Of Ben')] })
    await expect(project.undo(ada)).rejects.toMatchObject({ code: 'nothing-to-undo' })
    expect(project.item(item)?.title).toBe('Of Ben')
    await project.close()
  })

  it('withdraws a decision, skips what is not undoable, and drops what was undone once something new is done', async () => {
    const project = await openProject(await made(makeMemory()), { author: ada, memory: makeMemory(), cacheDir })
    const { item, version } = await addText(project, ada, 'Text', 'Words.')
    const decision = await decisionFact(ada, item, version)
    await commit(project, ada, { facts: [decision], sign: true, label: 'undo.decide' })
    await commit(project, ada, { registers: [title(item, 'By the way')], undoable: false })
    expect(await project.undo(ada)).toEqual({ label: 'undo.decide', items: [item] })
    expect(project.factsOf('decision', item)).toEqual([])
    expect(project.fact('decision', factIdOf(decision))).toMatchObject({ hidden: true })
    expect(project.undoLabels()).toEqual({ undo: 'undo.test', redo: 'undo.decide' })
    await commit(project, ada, { label: 'undo.rename', registers: [title(item, 'New')] })
    expect(project.undoLabels()).toEqual({ undo: 'undo.rename', redo: null })
    await expect(project.redo(ada)).rejects.toMatchObject({ code: 'nothing-to-undo' })
    await project.close()
  })
})
