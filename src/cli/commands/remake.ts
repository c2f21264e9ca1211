import { StudioError } from '../../contract/index.js'
import type { Command } from '../command.js'
import { finishJob } from '../job.js'
import { findVersion } from '../select.js'

export const remakeCommand: Command = {
  name: 'remake',
  arguments: ['FILE', 'VERSION'],
  options: {},
  help: 'Makes a picture again from its recipe and says whether it came out the same. No version is made.',
  writes: false,
  async run(context, given) {
    const { client } = context
    const project = await context.open(given.argument('FILE'))
    const version = await findVersion(client, project, given.argument('VERSION'))
    const { remake } = await finishJob(context, () => client.pictures.remake({ project: project.handle, version: version.id }))
    if (remake === undefined) throw new StudioError('internal', { detail: 'the job does not say how it came out' })
    const { identical, sha256, sameEngine } = remake
    return {
      value: { identical, sha256, sameEngine, version: version.id },
      text: identical ? 'It came out the same, to the byte.' : `It came out different${sameEngine ? '' : ': another engine build or number of threads made it'}.`,
    }
  },
}
