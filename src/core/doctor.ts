import { constants } from 'node:fs'
import { access, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../contract/index.js'
import type { Services } from './services.js'

export interface Check { name: string; ok: boolean; detail: string; next: string }

const GIGABYTE = 1e9

async function probe(name: string, next: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await look(), next: '' }
  } catch (error) {
    const detail = error instanceof StudioError ? `${error.code} ${JSON.stringify(error.data)}` : error instanceof Error ? error.message : String(error)
    return { name, ok: false, detail, next }
  }
}

/** Proves each part that the studio stands on, and says what failed and what to do next. */
export async function examine(services: Services): Promise<Check[]> {
  const { engines, models, options, settings, db } = services
  return [
    await probe('user data', 'Make the folder writable, or start with another one.', async () => {
      await mkdir(options.userData, { recursive: true })
      await access(options.userData, constants.W_OK)
      return `${options.userData}${db.aside ? `, studio.db was set aside: ${db.aside.reason}` : ''}`
    }),
    await probe('disk space', 'Free some space: saving needs it.', async () => {
      const { bavail, bsize } = await statfs(options.userData)
      const free = bavail * bsize
      if (free < GIGABYTE) throw new Error(`${(free / GIGABYTE).toFixed(2)} GB free`)
      return `${(free / GIGABYTE).toFixed(0)} GB free`
    }),
    await probe('projects folder', 'Choose another folder in the settings.', () => settings.projectsFolder()),
    await probe('text model', 'Run the set-up again with a network, or add a GGUF file under Models.', async () => {
      const { name, path } = await models.resolve('text', null)
      const { architecture, trainContext } = await engines.call('text', 'inspect', { path })
      return `${name}: ${architecture}, ${trainContext} tokens of context`
    }),
    await probe('writing', 'Try again; if it fails again, choose a smaller model.', async () => {
      const model = await models.resolve('text', null)
      await engines.ensureLoaded('text', { path: model.path, needed: model.needed(512), builtIn: model.builtIn, contextSize: 512 })
      const { tokens, tokensPerSecond } = await engines.call('text', 'write', { system: 'Answer in one word.', document: '', instruction: 'Say yes.', seed: 1, temperature: 0, topP: 1, topK: 1, maxTokens: 4 })
      return `${tokens} tokens, ${tokensPerSecond.toFixed(0)} a second`
    }),
    await probe('pictures', 'Try again; if it fails again, install Galley again: its picture models lie in resources/models.', async () => {
      const { name, path, needed, builtIn } = await models.resolve('image', null)
      const { samplers, guidance, sizes, fixedSteps, steps } = await engines.call('image', 'inspect', { path })
      const [width, height] = sizes[0]!
      await engines.ensureLoaded('image', { path, needed: needed(width), builtIn })
      const folder = await mkdtemp(join(tmpdir(), 'galley-doctor-'))
      try {
        const request = { prompt: 'red apple', negativePrompt: '', seed: 1, steps: fixedSteps ? steps : 1, guidance, sampler: samplers[0]!, width, height, output: join(folder, 'made') }
        const { ms } = await engines.call('image', 'generate', request)
        return `${name}: ${width} × ${height} in ${(ms / 1000).toFixed(1)} s, with ${request.steps === 1 ? 'one step' : `${request.steps} steps`}`
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }),
    await probe('enlarging', 'Install Galley again: its picture models lie in resources/models.', async () => {
      const { name, path } = await models.resolve('upscaler', null)
      const { factor, fileSize } = await engines.call('image', 'inspectUpscaler', { path })
      return `${name}: ${factor} times, ${(fileSize / 1000).toFixed(0)} kB`
    }),
    await probe('search by meaning', 'Run the set-up again: the built-in picture model reads for it.', async () => {
      const { path } = await models.resolve('image', null)
      const { vectors } = await engines.call('image', 'embed', { path, texts: ['a boat', 'a ship', 'a tax return'] }, { background: true })
      const likeness = (one: number, other: number): number => vectors[one]!.reduce((sum, value, at) => sum + value * vectors[other]![at]!, 0)
      if (likeness(0, 1) <= likeness(0, 2)) throw new Error('a boat is more like a tax return than like a ship')
      return `a boat and a ship are ${Math.round(likeness(0, 1) * 100)} % alike`
    }),
  ]
}
