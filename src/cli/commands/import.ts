import { sentenceOf } from '../failure.js'
import type { Command } from '../command.js'
import { withProgress } from '../progress.js'

export const importCommand: Command = {
  name: 'import',
  arguments: ['FILE', 'PATH…'],
  options: {},
  help: 'Brings pictures, texts and whole folders in as new items. What is refused is named, and the others still come in.',
  writes: true,
  async run(context, given) {
    const { client, open, resolve } = context
    const paths = given.rest().map(resolve)
    const project = await open(given.argument('FILE'))
    const { imported, refused, missing } = await withProgress(context, (job) => client.pictures.import({ project: project.handle, paths, job }))
    return {
      value: { imported, refused, ...(missing.length > 0 ? { missing } : {}) },
      text: [...imported.map(({ name, item }) => `${item.slice(0, 12)}  ${name}`), ...refused.map(({ name, error }) => `refused       ${name}: ${sentenceOf(error)}`), ...missing.map((name) => `not brought in ${name}`)].join('\n'),
      failed: refused.length + missing.length > 0,
    }
  },
}
