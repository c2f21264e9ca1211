import { sentenceOf } from '../failure.js'
import type { Command } from '../command.js'

export const importCommand: Command = {
  name: 'import',
  arguments: ['FILE', 'PATH…'],
  options: {},
  help: 'Brings pictures and texts in as new items. What is refused is named, and the others still come in.',
  writes: true,
  async run({ client, open, resolve }, given) {
    const paths = given.rest().map(resolve)
    const project = await open(given.argument('FILE'))
    const { imported, refused } = await client.pictures.import({ project: project.handle, paths })
    return {
      value: { imported, refused },
      text: [...imported.map(({ name, item }) => `${item.slice(0, 12)}  ${name}`), ...refused.map(({ name, error }) => `refused       ${name}: ${sentenceOf(error)}`)].join('\n'),
      failed: refused.length > 0,
    }
  },
}
