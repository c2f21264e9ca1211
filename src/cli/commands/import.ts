import type { Command } from '../command.js'
import { sentenceOf } from '../failure.js'

export const importCommand: Command = {
  name: 'import',
  arguments: ['FILE', 'PATH…'],
  options: {},
  help: 'Brings files in: pictures, Markdown and plain text, anything else as a file.',
  writes: true,
  async run({ client, open, resolve }, given) {
    const paths = given.rest('PATH…').map(resolve)
    const project = await open(given.argument('FILE'))
    const { imported, refused } = await client.pictures.import({ project: project.handle, paths })
    return {
      value: { imported, refused },
      text: [...imported.map(({ name, item }) => `${item.slice(0, 12)}  ${name}`), ...refused.map(({ name, error }) => `Refused: ${name}. ${sentenceOf(error)}`)].join('\n'),
      failed: refused.length > 0,
    }
  },
}
