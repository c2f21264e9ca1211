import { readFile, writeFile } from 'node:fs/promises'
import { toErrorRecord, StudioError, type EngineParams, type EngineRole, type FromEngine, type ToEngine } from '../../contract/index.js'

type Generate = EngineParams<'image', 'generate'>

const SIDE = 16
const FACTOR = 4
/** A file of this engine: what is after it are the pixels. Nothing else is taken for a picture. */
const HEAD = 'PAINTED '

/** The picture that stands for a request: the same request gives the same bytes, another seed others. */
function paint({ seed, prompt, width, height }: Generate): Buffer {
  const bytes = Buffer.alloc(width * height * 3)
  for (let at = 0; at < bytes.length; at++) bytes[at] = (seed * 31 + prompt.length * 7 + at) % 256
  return bytes
}

async function readPainted(path: string): Promise<Buffer> {
  const bytes = await readFile(path)
  if (!bytes.toString('latin1').startsWith(HEAD)) throw new StudioError('not-an-image', { name: path.split(/[\\/]/).at(-1)!, detail: 'it was not painted here' })
  return bytes
}

/** The image and media roles of the scripted engine. `turn` calls back when the next picture may be ready. */
export function scriptedPictures(role: EngineRole, options: { post(message: FromEngine): void; asked(params: Generate): void; turn(go: () => void): void }): (message: ToEngine) => void {
  const { post, asked, turn } = options
  const running = new Set<number>()

  const methods: Record<string, (params: never, id: number) => Promise<unknown>> = {
    'image.inspect': async () => ({
      pipeline: 'scripted', name: 'Painted by numbers', fileSize: 1000, sizes: [[SIDE, SIDE]], steps: 2, guidance: 1, fixedSteps: false, negativePrompt: true,
      operations: ['text-to-image', 'image-to-image', 'inpaint'], samplers: ['scripted'], transparent: false,
    }),
    'image.load': async () => ({ residentBytes: 1000, engine: 'scripted' }),
    'image.unload': async () => ({}),
    'image.generate': async (params: Generate, id) => {
      asked(params)
      await new Promise<void>(turn)
      // Cancelled meanwhile: it was answered then.
      if (!running.has(id)) return null
      post({ type: 'progress', id, value: { step: params.steps, steps: params.steps } })
      await writeFile(params.output, paint(params))
      return { width: params.width, height: params.height, ms: 1, engine: 'scripted', threads: 1, promptCut: false }
    },
    'image.inspectUpscaler': async () => ({ name: 'Enlarged by numbers', fileSize: 100, factor: FACTOR }),
    'image.enlarge': async ({ image, output }: EngineParams<'image', 'enlarge'>, id) => {
      await new Promise<void>(turn)
      if (!running.has(id)) return null
      post({ type: 'progress', id, value: { step: 1, steps: 1 } })
      const [width, height] = [image.width * FACTOR, image.height * FACTOR]
      await writeFile(output, Buffer.alloc(width * height * 3, 7))
      return { width, height, ms: 1, engine: 'scripted', threads: 1 }
    },
    // All texts mean the same here: whatever is read in the background must not disturb what a test is about.
    'image.embed': async ({ texts }: EngineParams<'image', 'embed'>) => ({ vectors: texts.map(() => Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0))) }),
    'media.inspect': async ({ path }: EngineParams<'media', 'inspect'>) => {
      await readPainted(path)
      return { format: 'png', mediaType: 'image/png', width: SIDE, height: SIDE, pages: 1, hasAlpha: false, orientation: 1 }
    },
    'media.encode': async ({ path, output }: EngineParams<'media', 'encode'>) => {
      const bytes = Buffer.concat([Buffer.from(HEAD), await readFile(path)])
      await writeFile(output, bytes)
      return { bytes: bytes.length }
    },
    'media.resize': async ({ path, output, width = SIDE }: EngineParams<'media', 'resize'>) => {
      const bytes = await readPainted(path)
      await writeFile(output, bytes)
      return { width, height: width, bytes: bytes.length }
    },
    // The scripted picture stays what it was: only what it is said to measure follows the last step.
    'media.edit': async ({ path, output, steps }: EngineParams<'media', 'edit'>) => {
      const bytes = await readPainted(path)
      await writeFile(output, bytes)
      const last = steps.findLast((step) => step.kind === 'crop' || step.kind === 'resize')
      return { width: last?.width ?? SIDE, height: last?.height ?? SIDE, bytes: bytes.length, engine: 'scripted' }
    },
    'media.decode': async ({ path, output, width, height }: EngineParams<'media', 'decode'>) => {
      await readPainted(path)
      await writeFile(output, Buffer.alloc(width * height * 3, 1))
      return {}
    },
  }

  return (message) => {
    if (message.type === 'ping') return post({ type: 'pong', id: message.id })
    if (message.type === 'cancel') {
      if (running.delete(message.id)) post({ type: 'error', id: message.id, error: toErrorRecord(new StudioError('cancelled', {})) })
      return
    }
    const { id, method, params } = message
    running.add(id)
    methods[`${role}.${method}`]!(params as never, id).then(
      (value) => running.delete(id) && post({ type: 'result', id, value }),
      (error: unknown) => running.delete(id) && post({ type: 'error', id, error: toErrorRecord(error) }),
    )
  }
}
