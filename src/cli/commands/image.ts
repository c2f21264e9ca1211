import { WrongCall, type Command, type Given } from '../command.js'
import { finishJob } from '../job.js'
import { findItem, findVersion } from '../select.js'

/** "256x128" as width and height. */
function sizeOf(given: Given): { width?: number; height?: number } {
  const size = given.text('size')
  if (size === undefined) return {}
  const [, width, height] = /^(\d{1,5})[x×](\d{1,5})$/.exec(size) ?? []
  if (width === undefined || height === undefined) throw new WrongCall(`--size is a width and a height such as 128x128, not “${size}”`)
  return { width: Number(width), height: Number(height) }
}

function numberOf(given: Given, option: string, least: number, most: number): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  const number = Number(text)
  if (text.trim() === '' || !(number >= least && number <= most)) throw new WrongCall(`--${option} is a number from ${least} to ${most}, not “${text}”`)
  return number
}

export const imageCommand: Command = {
  name: 'image',
  arguments: ['FILE'],
  options: {
    prompt: { type: 'string', value: 'TEXT', help: 'what to show' },
    negative: { type: 'string', value: 'TEXT', help: 'what not to show' },
    item: { type: 'string', value: 'ITEM', help: 'the image to add to; without it a new one' },
    model: { type: 'string', value: 'MODEL', help: 'the model; without it the one of the settings' },
    count: { type: 'string', value: 'N', help: 'how many pictures, 1 to 16' },
    seed: { type: 'string', value: 'N', help: 'seed of the first picture; the others count up' },
    steps: { type: 'string', value: 'N', help: 'how many steps' },
    guidance: { type: 'string', value: 'N', help: 'how closely to keep to the prompt' },
    size: { type: 'string', value: 'WxH', help: 'width and height in pixels' },
    from: { type: 'string', value: 'VERSION', help: 'a picture to start from' },
    strength: { type: 'string', value: 'N', help: 'how far to leave that picture, 0 to 1' },
  },
  help: 'Has a model make pictures, each a version.',
  writes: true,
  async run(context, given) {
    const { client } = context
    const prompt = given.text('prompt')
    if (prompt === undefined) throw new WrongCall('image needs --prompt')
    const wishes = {
      count: given.whole('count', 1, 16), seed: given.whole('seed', 0, 2 ** 32 - 17), steps: given.whole('steps', 1, 1000), ...sizeOf(given),
      guidance: numberOf(given, 'guidance', 0, 100), negativePrompt: given.text('negative'), model: given.text('model'),
    }
    const strength = numberOf(given, 'strength', 0, 1)
    const project = await context.open(given.argument('FILE'))
    const [name, from] = [given.text('item'), given.text('from')]
    const item = name === undefined ? null : (await findItem(client, project, name)).id
    const image = from === undefined ? undefined : { version: (await findVersion(client, project, from)).id, strength: strength ?? 0.6 }
    let made = ''
    const job = await finishJob(context, async () => {
      const asked = await client.pictures.ask({ project: project.handle, item, prompt, image, ...wishes })
      made = asked.item
      return asked
    })
    const rows = await Promise.all(job.results.map((version) => client.items.version({ project: project.handle, version })))
    const versions = rows.flatMap(({ id, recipe, content }) => (recipe.by !== 'image-model' || content.type !== 'blob' ? [] : [{
      output: recipe.output, id, seed: recipe.seed, width: content.width, height: content.height, sha256: content.hash, ms: recipe.ms,
    }])).sort((a, b) => a.output - b.output)
    return {
      value: { item: made, versions: versions.map(({ output: _, ...version }) => version) },
      text: versions.map(({ id, seed, width, height, ms }) => `${id.slice(0, 12)}  seed ${seed}  ${width} × ${height}  ${(ms / 1000).toFixed(1)} s`).join('\n'),
    }
  },
}
