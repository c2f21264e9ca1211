import { StudioError } from '../../contract/index.js'
import type { Command } from '../command.js'
import { finishJob } from '../job.js'
import { findVersion } from '../select.js'

export const remakeCommand: Command = {
  name: 'remake',
  arguments: ['FILE', 'VERSION'],
  options: {},
  help: 'Makes a picture again by its recipe and says whether it comes out the same, to the bit.',
  writes: true,
  async run(context, given) {
    const { client } = context
    const project = await context.open(given.argument('FILE'))
    const { id: version } = await findVersion(client, project, given.argument('VERSION'))
    const outlook = await client.pictures.remakeOutlook({ project: project.handle, version })
    if (!outlook.possible) throw new StudioError('not-supported', { detail: `It cannot be made again: ${outlook.reasons.join(', ')}` })
    const { remake } = await finishJob(context, () => client.pictures.remake({ project: project.handle, version }))
    if (remake === undefined) throw new StudioError('internal', { detail: 'The job does not say how it came out' })
    return {
      value: { version, expectedExact: outlook.exact, ...remake },
      text: remake.identical ? 'It came out the same, to the bit.' : `It came out differently${remake.sameEngine ? '' : ', with another engine than then'}.`,
    }
  },
}
