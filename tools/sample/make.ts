import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { toPlainText, parseDocument } from '../../src/document/index.js'
import { as, finish, type Place } from './studio.js'
import { commentOn, firstParagraph, reply, retype } from './work.js'

// Makes the sample project by the studio's own means: as Marit, who founds it, and as Jonah, who reads it.
const root = process.argv[2]!
// Chosen by looking: other seeds and another build of the models make other words and pictures.
const seeds = { thanks: 2, moon: 1, anchor: 3 }
const marit = 'Marit Aldous'
const jonah = 'Jonah Reed'
const place: Place = { root, userData: mkdtempSync(join(tmpdir(), 'galley-sample-')) }
const path = join(place.userData, 'Low Water.galley')
const here = join(root, 'tools/sample')

async function found() {
  return as(place, marit, async (client) => {
    const { handle: project } = await client.projects.create({ title: 'Low Water', path })
    const folder = async (title: string) => (await client.items.createFolder({ project, title })).id
    const [texts, pictures, checks] = [await folder('Texts'), await folder('Pictures'), await folder('Before printing')]
    const bring = async (file: string, into: string, tags: readonly string[], title?: string) => {
      const { imported: [one], refused } = await client.pictures.import({ project, paths: [file], folder: into })
      if (!one) throw new Error(JSON.stringify(refused))
      await client.items.rename({ project, target: one.item, title: title ?? one.name.replace(/\.[^.]+$/, '') })
      for (const tag of tags) await client.items.tag({ project, item: one.item, tag, on: true })
      return { project, item: one.item, version: one.version }
    }
    const text = (name: string, into: string, ...tags: string[]) => bring(join(here, 'texts', `${name}.md`), into, tags)
    const essay = await text('Low water', texts, 'autumn', 'page 4')
      await text('Editor’s letter', texts, 'autumn', 'page 2')
    const thanks = await text('Thanks', texts, 'autumn', 'page 8')
    const captions = await text('Captions', texts, 'alt text')
    const facts = await text('Fact sheet', checks, 'sources')
    await client.texts.keep({ ...pick(essay), name: 'First draft' })
    await client.texts.keep({ ...pick(facts), name: 'For Jonah' })

    const drawing = async (name: string, title: string, ...tags: string[]) => {
      const file = join(place.userData, `${name}.webp`)
      await sharp(join(here, 'art', `${name}.svg`), { density: 108 }).resize(1200, 900).webp({ quality: 82 }).toFile(file)
      return bring(file, pictures, ['autumn', ...tags], title)
    }
    await drawing('boats', 'Boats at dusk', 'page 5')
    const heron = await drawing('heron', 'The heron on the quay', 'cover')
    const ornament = async (title: string, prompt: string, seed: number) => {
      const asked = await client.pictures.ask({ project, item: null, title, folder: pictures, prompt, seed, count: 1 })
      await finish(client, asked)
      await client.items.tag({ project, item: asked.item, tag: 'ornament', on: true })
    }
    await ornament('Ornament: moon', 'a crescent moon', seeds.moon)
    await ornament('Ornament: anchor', 'an anchor', seeds.anchor)
    return { essay, thanks, captions, facts, heron }
  })
}

const pick = ({ project, item }: { project: string; item: string }) => ({ project, item })
type Work = Awaited<ReturnType<typeof found>>

/** Jonah reads the first draft, and says what he thinks of it. */
const read = ({ essay, heron }: Work) => as(place, jonah, async (client) => {
  await client.projects.open({ path })
  const patience = await commentOn(client, essay, 'He is very patient and waits for a long time', 'Every heron in print is patient. What does this one do that you only know from looking?')
  const wind = await commentOn(client, essay, 'Wind holds the water in', 'Any wind? I thought it depended on where it comes from.')
  await commentOn(client, essay, 'as if ten thousand small doors were being shut', 'Keep this whatever happens.')
  const picture = await client.items.version({ project: heron.project, version: heron.version })
  if (picture.content.type !== 'blob') throw new Error('the heron is no picture')
  await client.review.comment({
    project: heron.project, item: heron.item, version: heron.version, text: 'On the cover the eye must not fall into the fold. Two millimetres to the left?',
    anchor: { type: 'region', x: 44, y: 28, width: 16, height: 16, content: picture.content.hash },
  })
  return { patience, wind }
})

/** Marit answers, rewrites, admits Jonah and sends what is ready to review. */
const answer = ({ essay, facts }: Work, { patience, wind }: { patience: string; wind: string }) => as(place, marit, async (client) => {
  const { handle: project } = await client.projects.open({ path })
  await reply(client, essay, patience, 'You are right, patience is what we would need. I have watched him again.')
  await reply(client, essay, wind, 'Here it is the south-westerly. Said so now.')
  await retype(client, essay, 'He is very patient and waits for a long time, and then he catches an eel.',
    'People call him patient. Patience is what we would need. He is busy at a speed that we cannot see, and when he has finished there is a quick bright bend in the air, and one eel less.')
  await retype(client, essay, 'Wind holds the water in', 'A south-westerly holds the water in')
  await client.texts.keep({ ...pick(essay), name: 'After Jonah’s notes' })
  for (const comment of [patience, wind]) await client.review.resolve({ project, comment, resolved: true })
  const reader = (await client.review.members({ project })).find(({ person }) => person.name === jonah)!
  await client.review.admit({ project, key: reader.key, role: 'editor' })
  await client.review.request({ ...pick(essay), to: [reader.person.id], note: 'The heron is new, and the wind has a direction.' })
  await client.review.request({ ...pick(facts), to: [reader.person.id], note: 'All but the lamp, I think.' })
})

const decide = ({ essay, facts }: Work) => as(place, jonah, async (client) => {
  const { handle: project } = await client.projects.open({ path })
  const head = async (item: string) => (await client.items.get({ project, item })).heads[0]!
  await client.review.decide({ project, version: await head(essay.item), decision: 'approve', notes: 'The heron is right now.' })
  await commentOn(client, facts, 'Two neighbours say so, and a postcard says 1971.', 'Either we find the gas company’s bill, or the lamp loses its year.')
  await client.review.decide({ project, version: await head(facts.item), decision: 'changes', notes: 'Number 6 has no source that we could show anybody.' })
})

/** Last of all the proposal that a newcomer finds open, and a copy without drafts. */
const propose = ({ thanks, captions }: Work, to: string) => as(place, marit, async (client) => {
  const { handle: project } = await client.projects.open({ path })
  await client.review.comment({ ...pick(captions), text: 'Jonah, would you read these aloud once, to somebody who has not seen the pictures?', anchor: { type: 'whole' } })
  const range = await firstParagraph(client, thanks)
  const prompt = 'Shorter.'
  await finish(client, await client.texts.ask({ ...pick(thanks), operation: 'rewrite', prompt, range, seed: seeds.thanks, maxTokens: 110 }))
  const [proposal] = await client.texts.proposals(pick(thanks))
  if (!proposal) throw new Error('the model proposed nothing')
  for (const piece of proposal.pieces) {
    const slice = piece.slice as { content?: { type: string }[] } | null
    const blocks = (slice?.content ?? []).map((node) => (node.type === 'text' ? { type: 'paragraph', content: [node] } : node))
    console.log(`piece ${piece.index}:`, JSON.stringify(piece.range), blocks.length ? toPlainText(parseDocument({ type: 'doc', content: blocks })) : '(taken out)')
  }
  await client.copies.save({ project, path: to })
  return proposal.pieces.length
})

try {
  const work = await found()
  await answer(work, await read(work))
  await decide(work)
  const copy = join(place.userData, 'copy.galley')
  await propose(work, copy)
  const report = await as(place, marit, (client) => client.projects.check({ path: copy, rebuild: false }))
  if (!report.ok) throw new Error(JSON.stringify(report.problems))
  mkdirSync(join(root, 'resources/sample'), { recursive: true })
  copyFileSync(copy, process.argv[3] ?? join(root, 'resources/sample/Low Water.galley'))
  console.log(`${report.commits} commits, ${report.versions} versions, ${report.blobs} pictures and files`)
} finally {
  rmSync(place.userData, { recursive: true, force: true })
}
process.exit()
