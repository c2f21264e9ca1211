import { readFile } from 'node:fs/promises'
import { StudioError } from '../../contract/index.js'
import { WrongCall, type Command, type Given } from '../command.js'
import { finishJob } from '../job.js'
import { findItem, findVersion } from '../select.js'

function sizeOf(given: Given): { width?: number; height?: number } {
  const size = given.text('size')
  if (size === undefined) return {}
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(size) ?? []
  if (width === undefined) throw new WrongCall(`--size is like 512x512, not “${size}”`)
  return { width: Number(width), height: Number(height) }
}

async function readMask(path: string): Promise<Buffer> {
  return readFile(path).catch((error: Error) => {
    throw new StudioError('not-found', { what: 'file', id: path }, { cause: error })
  })
}

export const imageCommand: Command = {
  name: 'image',
  arguments: ['FILE'],
  options: {
    prompt: { type: 'string', value: 'TEXT', help: 'what to see' },
    negative: { type: 'string', value: 'TEXT', help: 'what not to see' },
    item: { type: 'string', value: 'ITEM', help: 'the image that gets the versions; without it a new one' },
    count: { type: 'string', value: 'N', help: 'how many pictures, 1 to 16' },
    model: { type: 'string', value: 'MODEL', help: 'the model; without it the one of the settings' },
    seed: { type: 'string', value: 'N', help: 'seed of the first picture; the others count up' },
    steps: { type: 'string', value: 'N', help: 'steps' },
    guidance: { type: 'string', value: 'N', help: 'how closely the prompt is followed' },
    sampler: { type: 'string', value: 'NAME', help: 'sampler' },
    size: { type: 'string', value: 'WxH', help: 'width and height in pixels' },
    from: { type: 'string', value: 'VERSION', help: 'the picture to start from' },
    mask: { type: 'string', value: 'PNG', help: 'what may change of that picture: white is painted anew, black stays' },
    enlarge: { type: 'boolean', help: 'make each picture larger as well, as a version after it' },
    strength: { type: 'string', value: 'N', help: 'how far to leave it, 0 to 1' },
    transparent: { type: 'boolean', help: 'on a transparent background, where the model can' },
  },
  help: 'Has a model make pictures.',
  writes: true,
  async run(context, given) {
    const { client } = context
    const prompt = given.text('prompt')
    if (prompt === undefined || prompt.trim() === '') throw new WrongCall('image needs --prompt with words in it')
    const request = {
      prompt, negativePrompt: given.text('negative'), count: given.whole('count', 1, 16) ?? 1, model: given.text('model'), seed: given.whole('seed', 0, 2 ** 32 - 17),
      steps: given.whole('steps', 1, 1000), guidance: given.number('guidance', 0, 100), sampler: given.text('sampler'), ...sizeOf(given),
      ...(given.flag('enlarge') ? { enlarge: true } : {}), ...(given.flag('transparent') ? { transparent: true } : {}),
    }
    const strength = given.number('strength', 0, 1)
    const maskFile = given.text('mask')
    if (maskFile !== undefined && given.text('from') === undefined) throw new WrongCall('--mask needs --from, the picture that it lies on')
    const mask = maskFile === undefined ? undefined : (await readMask(context.resolve(maskFile))).toString('base64')
    const project = await context.open(given.argument('FILE'))
    const [itemName, from] = [given.text('item'), given.text('from')]
    const item = itemName === undefined ? null : (await findItem(client, project, itemName)).id
    const image = from === undefined ? undefined : { version: (await findVersion(client, project, from)).id, strength: strength ?? 0.6 }
    const job = await finishJob(context, () => client.pictures.ask({ project: project.handle, item, ...request, image, mask }))
    const versions = []
    for (const id of job.results) {
      const { content, recipe } = await client.items.version({ project: project.handle, version: id })
      versions.push({
        id,
        ...(recipe.by === 'image-model' ? { ...(recipe.factor ? { factor: recipe.factor } : { seed: recipe.seed, steps: recipe.steps }), ms: recipe.ms, model: recipe.model.name } : {}),
        ...(content.type === 'blob' ? { width: content.width, height: content.height, sha256: content.hash } : {}),
      })
    }
    return { value: { item: job.item, versions }, text: versions.map((one) => `${one.id.slice(0, 12)}  ${one.width}×${one.height}  ${'seed' in one ? `seed ${one.seed}` : 'enlarged'}`).join('\n') }
  },
}
