import { copyFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import { checkProject, createProject, factIdOf, mergeCopy, openProject, previewMerge, saveCopy, undoMerge, type OpenProject } from '../index.js'
import { hashProjections } from '../projections/rebuild.js'
import { Slices } from '../slices.js'
import { addText, commit, itemFact, makeAuthor, makeFolder, makeMemory, paragraphs, textVersion, title, blobVersion } from '../testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')
const ben = makeAuthor('Ben', true)
let files = 0
const state = (project: OpenProject): Promise<string> => hashProjections(project.connection, new Slices())

/** A project of Ada's and a byte copy of it, opened by Ben. */
async function makePair(): Promise<{ mine: OpenProject; theirs: OpenProject; item: string; version: string; minePath: string; theirPath: string }> {
  const minePath = folder.path(`mine-${++files}.galley`)
  const theirPath = folder.path(`theirs-${files}.galley`)
  const memory = makeMemory()
  const project = await createProject(minePath, { title: 'Pair', author: ada, memory, cacheDir })
  const { item, version } = await addText(project, ada, 'Shared', 'Common words.')
  await project.close()
  copyFileSync(minePath, theirPath)
  return { mine: await openProject(minePath, { author: ada, memory, cacheDir }), theirs: await openProject(
    theirPath, { author: ben, memory: makeMemory(), cacheDir }
  ), item, version, minePath, theirPath }
}

describe('merging two copies', () => {
  it('makes no version, but a second head, and counts what comes in [MERGE1]', async () => {
    const { mine, theirs, item, version, theirPath } = await makePair()
    const [blocksA, blocksB] = [paragraphs('Ada wrote.'), paragraphs('Ben wrote.')]
    const [a, b] = [textVersion(ada, item, blocksA, [version]), textVersion(ben, item, blocksB, [version])]
    await commit(mine, ada, { facts: [a], blocks: blocksA })
    await commit(theirs, ben, { facts: [b], blocks: blocksB })
    await addText(theirs, ben, 'New from Ben', 'Hello.')
    await theirs.close()
    const versionsBefore = mine.project().versions
    const expected = { commits: 2, items: 1, versions: 2, comments: 0, decisions: 0, secondHeads: 1, refused: [] }
    expect(await previewMerge(mine, theirPath)).toMatchObject(expected)
    expect(mine.project().versions).toBe(versionsBefore)
    expect(await mergeCopy(mine, theirPath, ada)).toMatchObject(expected)
    expect(new Set(mine.item(item)?.heads)).toEqual(new Set([factIdOf(a), factIdOf(b)]))
    expect(mine.personName(ben.person)).toBe('Ben')
    expect(mine.blocks(factIdOf(b))).toEqual(blocksB)
    expect(mine.log({ limit: 1 })[0]?.person).not.toBe('')
    await mine.close()
  })

  it('counts heads with equal content as one [MERGE1]', async () => {
    const { mine, theirs, item, version, theirPath } = await makePair()
    const blocks = paragraphs('The same words.')
    await commit(mine, ada, { facts: [textVersion(ada, item, blocks, [version])], blocks })
    await commit(theirs, ben, { facts: [textVersion(ben, item, blocks, [version])], blocks })
    await theirs.close()
    expect(await mergeCopy(mine, theirPath, ada)).toMatchObject({ versions: 1, secondHeads: 0 })
    const [head, ...others] = mine.item(item)!.heads
    expect(others).toEqual([])
    const next = paragraphs('Further.')
    await commit(mine, ada, { facts: [textVersion(ada, item, next, [head!])], blocks: next })
    expect(mine.item(item)?.heads).toHaveLength(1)
    await mine.close()
  })

  it('gives both sides the same state, and again changes nothing [MERGE2]', async () => {
    const { mine, theirs, item, minePath, theirPath } = await makePair()
    await commit(mine, ada, { registers: [title(item, 'By Ada')] })
    await commit(theirs, ben, { registers: [title(item, 'By Ben'), { target: item, name: 'tag:x', value: true }] })
    await addText(theirs, ben, 'New from Ben', 'Hello.')
    const blob = await theirs.writeBlob([Buffer.alloc(3_000_000, 7)])
    const picture = itemFact(ben, 'image')
    await commit(theirs, ben, { facts: [picture, blobVersion(ben, factIdOf(picture), blob)] })
    await mine.close()
    await theirs.close()
    const memory = makeMemory()
    const left = await openProject(minePath, { author: ada, memory, cacheDir })
    await mergeCopy(left, theirPath, ada)
    const merged = await state(left)
    expect(Buffer.concat([...left.blob(blob.hash).chunks()])).toHaveLength(3_000_000)
    expect(await mergeCopy(left, theirPath, ada)).toMatchObject({ commits: 0, items: 0, versions: 0 })
    expect(await state(left)).toBe(merged)
    await left.close()
    const right = await openProject(theirPath, { author: ben, memory, cacheDir })
    await mergeCopy(right, minePath, ben)
    expect(await state(right)).toBe(merged)
    await right.close()
    for (const path of [minePath, theirPath]) expect(await checkProject(path, { rebuild: true, cacheDir })).toMatchObject({ ok: true, problems: [] })
  })

  it('refuses a forged decision, a wrong hash and a broken chain by name, and takes the rest [MERGE3]', async () => {
    const { mine, theirs, item, theirPath } = await makePair()
    await addText(theirs, ben, 'Good', 'Good words.')
    const bad = await commit(theirs, ben, { registers: [title(item, 'Broken')] })
    const after = await commit(theirs, ben, { registers: [title(item, 'After the broken one')] })
    await theirs.close()
    const eve = makeAuthor('Eve')
    const third = await openProject(theirPath, { author: eve, memory: makeMemory(), cacheDir })
    const { item: fine } = await addText(third, eve, 'From Eve', 'Fine.')
    await third.close()
    const database = new Database(theirPath)
    database.prepare('UPDATE commits SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB), codec = 0 WHERE hash = ?').run('Broken', 'Forged', bad.hash)
    const row = database.prepare('SELECT codec FROM commits WHERE hash = ?').get(bad.hash) as { codec: number }
    expect(row.codec).toBe(0)
    database.close()
    const result = await mergeCopy(mine, theirPath, ada)
    expect(
      result.refused.map((refusal) => [refusal.code, refusal.detail.includes(bad.hash) || refusal.detail.includes(after.hash)])
    ).toEqual([['wrong-hash', true], ['broken-chain', true]])
    expect(result).toMatchObject({ items: 2 })
    expect(mine.item(item)?.title).toBe('Shared')
    expect(mine.item(fine)?.title).toBe('From Eve')
    await mine.close()
  })

  it('is undone by one commit, which can be taken back when that copy comes again [UNDO1]', async () => {
    const { mine, theirs, item, version, theirPath } = await makePair()
    const blocks = paragraphs('Ben wrote.')
    await commit(theirs, ben, { facts: [textVersion(ben, item, blocks, [version])], blocks, registers: [title(item, 'By Ben')] })
    const { item: fresh } = await addText(theirs, ben, 'New', 'New.')
    await theirs.close()
    await mergeCopy(mine, theirPath, ada)
    const commits = mine.log({ limit: 100 }).length
    await undoMerge(mine, ada)
    expect(mine.log({ limit: 100 })).toHaveLength(commits + 1)
    expect(mine.item(item)).toMatchObject({ title: 'Shared', heads: [version] })
    expect(mine.item(fresh)).toBeNull()
    await commit(mine, ada, { registers: [title(item, 'Going on')] })
    expect((await previewMerge(mine, theirPath)).setAside).toMatchObject({ person: 'Ada', at: expect.any(Number) })
    await mergeCopy(mine, theirPath, ada, { showAgain: true })
    expect(mine.item(fresh)).toMatchObject({ title: 'New' })
    expect(mine.item(item)).toMatchObject({ title: 'Going on', versions: 2 })
    await mine.close()
  })

  it('refuses another project by name, and a file that is open here', async () => {
    const { mine, theirs, theirPath } = await makePair()
    await expect(mergeCopy(mine, theirPath, ada)).rejects.toMatchObject({ code: 'project-in-use' })
    await theirs.close()
    const other = await createProject(folder.path(`other-${files}.galley`), { title: 'Pair', author: ada, memory: makeMemory(), cacheDir })
    await other.close()
    await expect(mergeCopy(mine, other.path, ada)).rejects.toMatchObject({ code: 'not-the-same-project', data: { path: other.path } })
    await mine.close()
  })

  it('knows the nearest common ancestors, also where two lines crossed [MERGE1]', async () => {
    const { mine, theirs, item, version } = await makePair()
    await theirs.close()
    const grow = async (word: string, ...parents: string[]): Promise<string> => {
      const blocks = paragraphs(word)
      return (await commit(mine, ada, { facts: [textVersion(ada, item, blocks, parents)], blocks })).facts[0]!
    }
    const [a, b] = [await grow('a', version), await grow('b', version)]
    const [left, right] = [await grow('left', a, b), await grow('right', a, b)]
    expect(mine.commonAncestors(a, b)).toEqual([version])
    expect(mine.commonAncestors(left, right)).toEqual([a, b])
    expect(mine.commonAncestors(a, left)).toEqual([a])
    await mine.close()
  })

  it('saves a copy without drafts that merges back [DRAFT1, MERGE2]', async () => {
    const { mine, theirs, item, version } = await makePair()
    await theirs.close()
    await mine.writeDrafts(
      [{ type: 'fold', draft: { item, base: version, foldedAt: 0, doc: '{"secret":"draft words"}', origin: [], steps: [], pieces: '[]', keptAt: 1 } }]
    )
    const target = folder.path(`saved-${files}.galley`)
    await saveCopy(mine, target)
    await expect(saveCopy(mine, target)).rejects.toMatchObject({ code: 'project-exists' })
    expect(mine.draftItems()).toEqual([item])
    const copy = await openProject(target, { author: ben, memory: makeMemory(), cacheDir })
    expect(copy.draftItems()).toEqual([])
    expect(await state(copy)).toBe(await state(mine))
    await addText(copy, ben, 'Back', 'Back.')
    await copy.close()
    expect(await mergeCopy(mine, target, ada)).toMatchObject({ items: 1, refused: [] })
    await mine.close()
  })
})
