import { join } from 'node:path'
import { schemaVersion } from '../../src/document/index.js'
import { factIdOf, hashOf } from '../../src/core/project/index.js'
import { paragraphs, title } from '../../src/core/project/testing/fixtures.js'
import { testStudio } from '../../src/core/testing/test-studio.js'
import { wordSource } from './words.js'

const WORDS_IN_PARAGRAPH = 50

export interface Prepared { readonly userData: string; readonly path: string; readonly item: string; readonly paragraphs: readonly string[] }

/** User data with a name and a project: `items` short texts, after a first one of so many words. */
export async function prepareProject(folder: string, { items, words }: { items: number; words: number }): Promise<Prepared> {
  const one = await testStudio({ folder, name: 'Ada', spawn: () => Promise.reject(new Error('no engines here')) })
  const source = wordSource(11)
  const texts = Array.from({ length: Math.ceil(words / WORDS_IN_PARAGRAPH) }, () => source.sentence(WORDS_IN_PARAGRAPH))
  const project = await one.call.projects.create({ title: 'Measured', path: join(folder, 'Measured.galley') })
  const { writer } = one.studio.services.projects.get(project.handle)
  const author = one.studio.services.people.current()
  const first = await one.call.items.create({ project: project.handle, kind: 'text', title: 'The long one' })
  const blocks = paragraphs(...texts)
  await writer.commit({
    label: 'undo.keep', author, blocks,
    facts: [{
      kind: 'version', at: Date.now(), by: author.person, item: first.id, parents: [], reason: 'named', recipe: { by: 'hand' },
      content: { type: 'text', schema: schemaVersion, blocks: blocks.map((block) => hashOf(block)) },
    }],
  })
  for (let number = 1; number < items; number++) {
    const fact = { kind: 'item', at: Date.now(), by: author.person, nonce: String(number), itemKind: 'text' } as const
    await writer.commit({ label: 'undo.create', author, facts: [fact], registers: [title(factIdOf(fact), `Text ${number}`)] })
  }
  await one.close()
  return { userData: join(folder, 'user'), path: project.path, item: first.id, paragraphs: texts }
}
