import { fromErrorRecord } from '../../contract/index.js'
import type { Command } from '../command.js'
import { finishJob } from '../job.js'
import { findVersion } from '../select.js'

export const enlargeCommand: Command = {
  name: 'enlarge',
  arguments: ['FILE', 'VERSION'],
  options: {},
  help: 'Makes a picture four times as wide and high, as a new version.',
  writes: true,
  async run(context, given) {
    const { client } = context
    const project = await context.open(given.argument('FILE'))
    const { id: source } = await findVersion(client, project, given.argument('VERSION'))
    const { item, results: [id] } = await finishJob(context, async () => {
      const { jobs: [asked], refused: [refused] } = await client.pictures.enlarge({ project: project.handle, versions: [source] })
      if (!asked) throw fromErrorRecord(refused!.error)
      return asked
    })
    const { content, recipe } = await client.items.version({ project: project.handle, version: id! })
    const size = content.type === 'blob' ? { width: content.width, height: content.height, sha256: content.hash } : {}
    const made = recipe.by === 'image-model' ? { factor: recipe.factor, ms: recipe.ms, model: recipe.model.name } : {}
    return { value: { item, source, version: id, ...size, ...made }, text: `${id!.slice(0, 12)}  ${size.width}×${size.height}` }
  },
}
