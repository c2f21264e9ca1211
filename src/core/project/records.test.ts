import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { blockHashOf, canonicalText, checkProject, createProject, decisionBytes, factIdOf, hashOf, mergeCopy, openProject, saveCopy } from './index.js'
import { parseBounded } from './hashing.js'
import { pack, unpack } from './packing.js'
import { headBytes, isSignedBy } from './signatures.js'
import { Slices } from './slices.js'
import { readBody } from './store.js'
import { addText, blobVersion, commit, decisionFact, itemFact, makeAuthor, makeFolder,
  makeMemory, membershipFact, paragraphs, textVersion, title } from './testing/fixtures.js'
import type { HeadSignature } from '../../contract/index.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')
const ben = makeAuthor('Ben')
const eve = makeAuthor('Eve')
let files = 0
const make = (clock?: () => number) => createProject(
  folder.path(`records-${++files}.galley`), { title: 'Records', author: ada, memory: makeMemory(), cacheDir, ...(clock ? { clock } : {}) }
)

describe('commits and facts', () => {
  it('are named by the hash of their canonical bytes and chained [COMMIT1, FACT1]', async () => {
    const project = await make()
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    const [newest, oldest] = project.log({ limit: 2 })
    expect(hashOf(canonicalText(newest!.commit))).toBe(newest!.hash)
    expect(newest!.commit).toMatchObject({ number: 2, previous: oldest!.hash, facts: [item, version] })
    expect(newest!.kinds).toEqual(['item', 'version'])
    expect(newest!.label).toBe('undo.test')
    expect(hashOf(readBody(project.connection, 'facts', version)!)).toBe(version)
    expect(factIdOf(project.version(version)!.fact)).toBe(version)
    expect(project.log({ limit: 5, before: newest!.position }).map((entry) => entry.position)).toEqual([1])
    await project.close()
  })

  it('refuse what is not a fact, has fields of its own, or names bytes that are not there [FACT1]', async () => {
    const project = await make()
    const { item } = await addText(project, ada, 'Title', 'Words.')
    const refused = { code: 'bad-input' }
    await expect(commit(project, ada, { facts: [{ ...itemFact(ada), extra: 1 } as never] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { facts: [{ kind: 'nonsense' } as never] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { facts: [textVersion(ada, item, paragraphs('Not given.'))] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { facts: [blobVersion(ada, item, { hash: '0'.repeat(64), size: 1 })] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { blocks: ['{"b":1,"a":2}'] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { registers: [title(item, 'a'), title(item, 'b')] })).rejects.toMatchObject(refused)
    await expect(commit(project, ada, { registers: [title(item, '\ud800')] })).rejects.toMatchObject(refused)
    expect(project.log({ limit: 10 })).toHaveLength(2)
    await project.close()
  })

  it('keep each text block once, compressed, and only if a fact names it [TEXT1]', async () => {
    const project = await make()
    const long = paragraphs('The same words again and again. '.repeat(100))
    const { item, version } = await addText(project, ada, 'Title', 'The same words again and again. '.repeat(100))
    const more = [...long, ...paragraphs('New.')]
    await commit(project, ada, { facts: [textVersion(ada, item, more, [version])], blocks: [...more, ...paragraphs('Nobody names me.')] })
    const rows = project.connection.all<{ hash: string; size: number; packed: number }>('SELECT hash, size, length(body) AS packed FROM blocks')
    expect(new Set(rows.map((row) => row.hash))).toEqual(new Set(more.map((block) => blockHashOf(JSON.parse(block)))))
    expect(rows.find((row) => row.size > 1000)!.packed).toBeLessThan(200)
    await project.close()
  })

  it('write the outcome of a piece and the draft in one transaction, or neither [PROP1]', async () => {
    const project = await make()
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    const proposal = { kind: 'proposal', at: 1, by: ada.person, item, base: version, title: 'Shorter', pieces: [], recipe: { by: 'hand' } } as const
    const outcome = { kind: 'outcome', at: 2, by: ada.person, proposal: factIdOf(
      { ...proposal, pieces: [] }
    ), piece: 0, outcome: 'accepted', nonce: 'a' } as const
    const fold = { type: 'fold', draft: { item, base: version, foldedAt: 3, doc: '{}', origin: [], steps: ['"step"'], pieces: '[]', keptAt: 5 } } as const
    await commit(project, ada, { facts: [{ ...proposal, pieces: [] }] })
    await expect(
      commit(project, ada, { facts: [outcome], drafts: [fold, { type: 'append', item, number: 9, steps: ['"gap"'], keptAt: 6 }] })
    ).rejects.toMatchObject({ code: 'stale-draft', data: { item, expected: 4, got: 9 } })
    expect(project.outcomes(outcome.proposal)).toEqual([])
    expect(project.draft(item)).toBeNull()
    await commit(project, ada, { facts: [outcome], drafts: [fold] })
    expect(project.outcomes(outcome.proposal)).toMatchObject([{ fact: outcome }])
    expect(project.factsOf('outcome', item)).toMatchObject([{ fact: outcome }])
    expect(project.draft(item)).toEqual(fold.draft)
    await project.close()
  })

  it('bound the JSON that is read from a file [OPEN1]', () => {
    expect(() => parseBounded('['.repeat(100_000) + ']'.repeat(100_000))).toThrow(/deeper/)
    expect(parseBounded('["[[[[", {"a\\"[": 1}]')).toEqual(['[[[[', { 'a"[': 1 }])
    expect(() => unpack({ size: 1e12, codec: 1, body: Buffer.from('x') })).toThrow(/too large/)
    const bomb = pack('a'.repeat(1_000_000))
    expect(() => unpack({ ...bomb, size: 10 })).toThrow()
    expect(unpack(bomb)).toHaveLength(1_000_000)
  })
})

describe('drafts [DRAFT1]', () => {
  it('take each step once, fold, and survive closing without a commit', async () => {
    const memory = makeMemory()
    const path = folder.path('drafts.galley')
    const project = await createProject(path, { title: 'Drafts', author: ada, memory, cacheDir })
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    const commits = project.log({ limit: 100 }).length
    await expect(project.writeDrafts([{ type: 'append', item, number: 0, steps: ['1'], keptAt: 1 }])).rejects.toMatchObject({ code: 'stale-draft' })
    await project.writeDrafts(
      [{ type: 'fold', draft: { item, base: version, foldedAt: 0, doc: '{}',
        origin: [{ from: 0, to: 1, origin: 'typed' }], steps: [], pieces: '[]', keptAt: 1 } }]
    )
    await project.writeDrafts([{ type: 'append', item, number: 0, steps: ['"a"', '"b"'], keptAt: 2 }])
    await project.writeDrafts([{ type: 'append', item, number: 1, steps: ['"b"', '"c"'], keptAt: 3 }])
    await project.writeDrafts([{ type: 'append', item, number: 0, steps: ['"a"'], keptAt: 1 }])
    expect(project.draft(item)).toMatchObject({ steps: ['"a"', '"b"', '"c"'], keptAt: 3 })
    await project.close()
    const again = await openProject(path, { author: ada, memory, cacheDir })
    expect(again.draft(item)).toMatchObject({ base: version, steps: ['"a"', '"b"', '"c"'], origin: [{ from: 0, to: 1, origin: 'typed' }] })
    expect(again.draftItems()).toEqual([item])
    expect(again.log({ limit: 100 })).toHaveLength(commits)
    await again.writeDrafts([{ type: 'clear', item }])
    expect(again.draft(item)).toBeNull()
    await again.close()
  })
})

describe('signatures [SIGN1]', () => {
  const signaturesOf = (project: Awaited<ReturnType<typeof make>>) => project.connection.all<HeadSignature>(
    'SELECT replica, number, hash, signature FROM signatures ORDER BY number'
  )

  it('cover the first commit, a decision, a closing, and else one commit a minute', async () => {
    let now = Date.now()
    const project = await make(() => now)
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    expect(signaturesOf(project).map((row) => row.number)).toEqual([1])
    expect(project.log({ limit: 9 }).map((entry) => entry.signed)).toEqual([false, true])
    now += 61_000
    await commit(project, ada, { registers: [title(item, 'A minute later')] })
    await commit(project, ada, { registers: [title(item, 'At once')] })
    expect(signaturesOf(project).map((row) => row.number)).toEqual([1, 3])
    await commit(project, ada, { facts: [await decisionFact(ada, item, version)], sign: true })
    await commit(project, ada, { registers: [title(item, 'Last')] })
    await project.close()
    const again = await openProject(project.path, { memory: makeMemory(), cacheDir })
    const rows = signaturesOf(again)
    expect(rows.map((row) => row.number)).toEqual([1, 3, 5, 6])
    expect(rows.every((row) => isSignedBy(ada.signer.publicKey, headBytes(row), row.signature))).toBe(true)
    expect(again.log({ limit: 9 }).every((entry) => entry.signed)).toBe(true)
    await again.close()
  })

  it('refuse a decision or membership that its key did not sign', async () => {
    const project = await make()
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    const decision = await decisionFact(ada, item, version)
    const forged = [
      { ...decision, decision: 'changes' as const }, { ...decision, key: eve.signer.publicKey },
        { ...decision, signature: decision.signature.slice(0, -4) + 'AAAA' },
      { ...await membershipFact(eve, eve), key: ada.signer.publicKey },
    ]
    for (const fact of forged) await expect(commit(project, ada, { facts: [fact] })).rejects.toMatchObject({ code: 'bad-input' })
    await commit(project, ada, { facts: [decision], sign: true })
    expect(project.factsOf('decision', item)).toMatchObject([{ fact: decision }])
    expect(isSignedBy(ada.signer.publicKey, decisionBytes(decision), decision.signature)).toBe(true)
    await project.close()
  })

  it('show no forged decision that a merged file holds, and name it [MERGE3]', async () => {
    const project = await make()
    const { item, version } = await addText(project, ada, 'Title', 'Words.')
    const copy = folder.path('forged.galley')
    await saveCopy(project, copy)
    const theirs = await openProject(copy, { author: eve, memory: makeMemory(), cacheDir })
    const good = await decisionFact(eve, item, version, 7)
    await commit(theirs, eve, { facts: [good] })
    // What a changed program would write: the checks on our side of committing left out.
    const forged = { ...await decisionFact(eve, item, version, 8), key: ada.signer.publicKey }
    const { record } = await import('./recording.js')
    const { sealCommit } = await import('./commit-log.js')
    const line = theirs.connection.get<{ hash: string; replica: string; number: number }>(
      'SELECT hash, replica, number FROM chains WHERE number = 1 ORDER BY hash LIMIT 1'
    )
    const clock = theirs.log({ limit: 1 })[0]!.commit.clock
    const sealed = sealCommit(theirs.connection, { ...line!, person: eve.person, key: eve.signer.publicKey, clock }, eve, Date.now(), [factIdOf(forged)], [])
    await record(theirs.connection, theirs.causality, {
      sealed, label: 'x', signature: null, drafts: [], removal: null,
      prepared: { facts: [{ id: factIdOf(forged), fact: forged, packed: pack(canonicalText(forged)) }], registers: [], blocks: new Map() },
    }, new Slices())
    await theirs.close()
    const result = await mergeCopy(project, copy, ada)
    expect(result).toMatchObject({ commits: 2, decisions: 1, refused: [{ code: 'forged-signature', detail: `decision ${factIdOf(forged)}` }] })
    expect(project.factsOf('decision', item)).toMatchObject([{ fact: good }])
    expect(project.fact('decision', factIdOf(forged))).toBeNull()
    await project.close()
    expect((await checkProject(project.path, { rebuild: true, cacheDir })).problems.map((problem) => problem.code)).toEqual(['signature-forged'])
  })

  it('give authority only to the founder and to keys that the founder admitted [MEMBER1]', async () => {
    const project = await make()
    await commit(project, ada, { facts: [await membershipFact(ada, ben), await membershipFact(eve, eve)] })
    expect([ada, ben, eve].map((author) => project.isMember(author.signer.publicKey))).toEqual([true, true, false])
    await project.undo(ada)
    expect(project.isMember(ben.signer.publicKey)).toBe(false)
    await project.close()
  })
})

describe('blobs', () => {
  it('are streamed in chunks, kept once, and swept at opening where no commit names them [COMMIT1]', async () => {
    const memory = makeMemory()
    const path = folder.path('blobs.galley')
    const project = await createProject(path, { title: 'Blobs', author: ada, memory, cacheDir })
    const bytes = Buffer.from(Array.from({ length: 2_500_000 }, (_, index) => index % 251))
    async function* parts() { for (let at = 0; at < bytes.length; at += 70_001) yield bytes.subarray(at, at + 70_001) }
    const blob = await project.writeBlob(parts())
    expect(blob).toEqual({ hash: createHash('sha256').update(bytes).digest('hex'), size: bytes.length })
    expect(await project.writeBlob([bytes])).toEqual(blob)
    const loose = await project.writeBlob([Buffer.from('nobody names me')])
    const picture = itemFact(ada, 'image')
    const version = blobVersion(ada, factIdOf(picture), blob)
    await commit(project, ada, { facts: [picture, version] })
    project.writeThumbnail(blob.hash, Buffer.from('small'))
    const chunks = [...project.blob(blob.hash).chunks()]
    expect(chunks.map((chunk) => chunk.length)).toEqual([1_048_576, 1_048_576, 402_848])
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
    await project.close()
    const again = await openProject(path, { author: ada, memory, cacheDir })
    expect(() => again.blob(loose.hash)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(again.blob(blob.hash).size).toBe(bytes.length)
    expect(Buffer.from(again.thumbnail(blob.hash)!).toString()).toBe('small')
    expect(again.connection.get('SELECT count(*) AS n FROM chunks')).toEqual({ n: 3 })
    await again.close()
  })

  it('leave nothing behind where their source fails', async () => {
    const project = await make()
    await expect(project.writeBlob((function* () { yield Buffer.alloc(2_000_000); throw new Error('the source broke') })())).rejects.toThrow('the source broke')
    expect(project.connection.get('SELECT count(*) AS n FROM chunks')).toEqual({ n: 0 })
    await project.close()
  })
})

describe('removing for good [REMOVE1]', () => {
  it('takes the bytes out of the file and keeps id, recipe and what others use; merging respects it', async () => {
    const project = await make()
    const secret = 'A secret sentence that nobody may read again.'
    const { item, version } = await addText(project, ada, 'Title', 'Shared words.', secret)
    const { version: other } = await addText(project, ada, 'Other', 'Shared words.')
    const blob = await project.writeBlob([Buffer.alloc(1_500_000, 'secret picture ')])
    const picture = itemFact(ada, 'image')
    const pictureVersion = blobVersion(ada, factIdOf(picture), blob)
    await commit(project, ada, { facts: [picture, pictureVersion] })
    const copy = folder.path('before-removal.galley')
    await saveCopy(project, copy)
    const removal = (id: string) => ({ kind: 'removal', at: 9, by: ada.person, nonce: id.slice(0, 9), version: id, reason: 'asked for' } as const)
    await commit(project, ada, { facts: [removal(version), removal(factIdOf(pictureVersion))] })
    expect(project.version(version)).toMatchObject({ removed: true, words: 0, beginning: '' })
    expect(project.blocks(other)).toEqual(paragraphs('Shared words.'))
    expect(() => project.blocks(version)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(() => project.blob(blob.hash)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(project.undoLabels().undo).toBe('undo.test')
    expect(await mergeCopy(project, copy, ada)).toMatchObject({ commits: 0, refused: [] })
    expect(() => project.blocks(version)).toThrow()
    expect(project.item(item)?.heads).toEqual([version])
    await project.close()
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(project.path)
    expect([bytes.includes(secret), bytes.includes('secret picture secret picture')]).toEqual([false, false])
    expect(bytes.length).toBeLessThan(1_500_000)
    expect(await checkProject(project.path, { rebuild: true, cacheDir })).toMatchObject({ ok: true, problems: [] })
    const theirs = await openProject(copy, { author: ben, memory: makeMemory(), cacheDir })
    await mergeCopy(theirs, project.path, ben)
    expect(theirs.version(version)).toMatchObject({ removed: true })
    expect(() => theirs.blob(blob.hash)).toThrow()
    await theirs.close()
  })
})

describe('checking [COMMIT1]', () => {
  it('names every primary row that is not what its hash says, and makes projections again identically', async () => {
    const project = await make()
    const { item, version } = await addText(project, ada, 'Title', 'Words to be changed.')
    const blob = await project.writeBlob([Buffer.from('picture')])
    const picture = itemFact(ada, 'image')
    await commit(project, ada, { facts: [picture, blobVersion(ada, factIdOf(picture), blob)] })
    await project.close()
    expect(await checkProject(project.path, { rebuild: true, cacheDir })).toEqual({ ok: true, commits: 3, versions: 2, blobs: 1, problems: [] })
    const Database = (await import('better-sqlite3')).default
    const database = new Database(project.path)
    database.exec(
      `UPDATE chunks SET bytes = CAST('Picture' AS BLOB); UPDATE blocks SET body = CAST(replace(CAST(body AS TEXT), 'Words', 'Lords') AS BLOB);
        UPDATE items SET title = 'Wrong', versions = 7; DELETE FROM mentions`
    )
    database.prepare('DELETE FROM facts WHERE id = ?').run(factIdOf(picture))
    database.close()
    const report = await checkProject(project.path, { rebuild: true, cacheDir })
    expect(report.ok).toBe(false)
    expect(report.problems.map((problem) => problem.code).sort()).toEqual(['blob-damaged', 'block-damaged', 'fact-missing', 'rebuilt'])
    const again = await openProject(project.path, { memory: makeMemory(), cacheDir })
    expect(again.item(item)).toMatchObject({ title: 'Title', versions: 1, heads: [version] })
    await again.close()
  })
})
