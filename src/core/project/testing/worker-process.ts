import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { factIdOf, openProject, type Author, type ReplicaMemory } from '../index.js'
import { addText, blobVersion, commit, itemFact, textVersion, paragraphs } from './fixtures.js'

/**
 * Works on a project until somebody ends the process, and says on standard output what was acknowledged, one JSON line
 * each: {"commit": hash}, {"step": number}, {"blob": hash}. Arguments: path, cache folder, key (PKCS8, base64), what to
 * switch off (`sync`) or nothing.
 */
const [path, cacheDir, key, off] = process.argv.slice(2) as [string, string, string, string | undefined]
const privateKey = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64url')
const author: Author = { person: 'person-worker', name: 'Worker', signer: { publicKey, sign: async (bytes) => sign(
  null, bytes, privateKey
).toString('base64url') } }

const memoryFile = `${cacheDir}/memory.json`
const values: Record<string, ReturnType<ReplicaMemory['read']>> = (() => {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8')) as Record<string, ReturnType<ReplicaMemory['read']>>
  } catch {
    return {}
  }
})()
const memory: ReplicaMemory = {
  read: (identity) => values[identity] ?? null,
  write: (identity, value) => {
    values[identity] = value
    writeFileSync(memoryFile, JSON.stringify(values))
  },
}

const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)

const project = await openProject(path, { author, memory, cacheDir })
if (off === 'sync') project.connection.database.pragma('synchronous = OFF')
say({ opened: true })
const known = project.items().find((row) => row.title === 'Worked on')?.id
const item: string = known ?? (await addText(project, author, 'Worked on', 'Begin.')).item
const draft = project.draft(item)
if (draft === null) {
  await project.writeDrafts([{ type: 'fold', draft: { item, base: null, foldedAt: 0, doc: '{}', origin: [], steps: [], pieces: '[]', keptAt: 1 } }])
}
let step = draft === null ? 0 : draft.foldedAt + draft.steps.length
for (let round = 0; ; round++) {
  const blocks = paragraphs(`Round ${round} ${'of many words '.repeat(round % 50)}`)
  const version = textVersion(author, item, blocks, project.item(item)!.heads.slice(0, 1), Date.now())
  const { hash } = await commit(project, author, { facts: [version], blocks, sign: round % 5 === 0 })
  say({ commit: hash })
  await project.writeDrafts([{ type: 'append', item, number: step, steps: [`"step ${step}"`], keptAt: Date.now() }])
  say({ step: step++ })
  if (round % 4 === 0) {
    const blob = await project.writeBlob([Buffer.alloc(300_000 + round, round)])
    const picture = itemFact(author, 'image', Date.now())
    await commit(project, author, { facts: [picture, blobVersion(author, factIdOf(picture), blob, Date.now())] })
    say({ blob: blob.hash })
  }
  if (round % 7 === 6) await project.undo(author)
}
