import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyBetween } from 'fractional-indexing'
import sharp from 'sharp'
import type { Fact, FactId, RegisterWrite, Sha256 } from '../../src/contract/index.js'
import { factIdOf, type OpenProject } from '../../src/core/project/index.js'
import { paragraphs, textVersion, title } from '../../src/core/project/testing/fixtures.js'
import type { Author } from '../../src/core/project/types.js'
import { testStudio } from '../../src/core/testing/test-studio.js'
import { fillProject } from './big-project.js'
import { wordSource } from './words.js'

/** Shapes of pictures as they come from models and cameras, in pixels. */
const shapes = [[320, 240], [320, 320], [240, 320], [320, 180], [320, 214]] as const
const PICTURES_IN_ITEM = 50

export interface PictureProject {
  readonly items: number
  readonly pictures: number
  /** Different files among the pictures: what the browser has to fetch and decode. */
  readonly files: number
}

interface Blob { readonly hash: Sha256; readonly size: number; readonly width: number; readonly height: number }

/** User data with a name, a project of many pictures and texts, and one of a single text with many versions. */
export async function preparePictures(folder: string, { items, pictures, files, versions }: PictureProject & { versions: number }): Promise<void> {
  mkdirSync(join(folder, 'projects'), { recursive: true })
  const one = await testStudio({ folder, name: 'Ada', spawn: () => Promise.reject(new Error('no engines here')) })
  const author = one.studio.services.people.current()
  const open = async (name: string): Promise<OpenProject> => {
    const project = await one.call.projects.create({ title: name, path: join(folder, 'projects', `${name}.galley`) })
    return one.studio.services.projects.get(project.handle).writer as OpenProject
  }
  await fillPictures(await open('Pictures'), author, { items, pictures, files })
  await fillProject(await open('Versions'), author, { items: 1, versions })
  await one.studio.services.search.follower.caughtUp()
  await one.close()
}

async function fillPictures(project: OpenProject, author: Author, { items, pictures, files }: PictureProject): Promise<void> {
  const { database } = project.connection
  database.pragma('synchronous = OFF')
  database.pragma('wal_autocheckpoint = 20000')
  const words = wordSource(5)
  const blobs: Blob[] = []
  for (let number = 0; number < files; number++) blobs.push(await writePicture(project, number))
  const pictureItems = Math.ceil(pictures / PICTURES_IN_ITEM)
  let order: string | null = null
  for (let number = 0; number < items; number++) {
    order = generateKeyBetween(order, null)
    const left = Math.min(PICTURES_IN_ITEM, pictures - number * PICTURES_IN_ITEM)
    const fact = { kind: 'item', at: number, by: author.person, nonce: randomUUID(), itemKind: number < pictureItems ? 'image' : 'text' } as const
    const item = factIdOf(fact)
    const registers: RegisterWrite[] = [title(item, words.sentence(4)), { target: item, name: 'order', value: order }]
    const blocks = number < pictureItems ? [] : paragraphs(words.sentence(30), words.sentence(30))
    const versions = blocks.length > 0 ? [textVersion(author, item, blocks, [], number)]
      : Array.from({ length: left }, (_, output) => pictureVersion(author, item, blobs[(number * PICTURES_IN_ITEM + output * 7) % blobs.length]!, output, words.sentence(8)))
    await project.commit({ label: 'undo.create', author, facts: [fact, ...versions], registers, blocks })
  }
  database.pragma('synchronous = FULL')
}

async function writePicture(project: OpenProject, number: number): Promise<Blob> {
  const [width, height] = shapes[number % shapes.length]!
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[at++] = 128 + 100 * Math.sin((x + number * 13) / 40)
      pixels[at++] = 128 + 100 * Math.cos((y + number * 7) / 30)
      pixels[at++] = (x * y + number * 31) % 256
    }
  }
  const webp = await sharp(pixels, { raw: { width, height, channels: 3 } }).webp({ quality: 70 }).toBuffer()
  const { hash, size } = await project.writeBlob([webp])
  project.writeThumbnail(hash, webp)
  return { hash, size, width, height }
}

function pictureVersion(author: Author, item: FactId, { hash, size, width, height }: Blob, output: number, prompt: string): Fact {
  return {
    kind: 'version', at: output, by: author.person, item, parents: [], reason: 'generated', content: { type: 'blob', hash, size, width, height, mediaType: 'image/webp' },
    recipe: {
      by: 'image-model', model: { name: 'Starter', hash: '0'.repeat(64) as Sha256 }, backend: 'built-in', engine: 'none', operation: 'text-to-image', prompt, negativePrompt: '',
      seed: output, steps: 8, guidance: 4, sampler: 'euler', width: width * 4, height: height * 4, threads: 2, ms: 4000, sources: [], job: randomUUID(), output,
    },
  }
}
