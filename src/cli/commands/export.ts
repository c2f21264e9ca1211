import { WrongCall, type Command } from '../command.js'
import { withProgress } from '../progress.js'
import { findItem } from '../select.js'

export const exportCommand: Command = {
  name: 'export',
  arguments: ['FILE'],
  options: {
    out: { type: 'string', value: 'PATH', help: 'the folder to write into; with --all also an archive that ends in .zip' },
    item: { type: 'string', value: 'ITEM', help: 'only this item' },
    all: { type: 'boolean', help: 'texts, pictures and files, with a manifest of their hashes and recipes' },
    png: { type: 'boolean', help: 'with --all: every picture as PNG that says in itself how it was made' },
    prompts: { type: 'boolean', help: 'with --all: tell the prompts, too' },
  },
  help: 'Writes texts as Markdown files, or everything with a manifest.',
  writes: true,
  async run(context, given) {
    const { client, open, resolve } = context
    const out = given.text('out')
    if (out === undefined) throw new WrongCall('export needs --out')
    const all = given.flag('all')
    if (!all && (given.flag('png') || given.flag('prompts'))) throw new WrongCall('--png and --prompts go with --all')
    const project = await open(given.argument('FILE'))
    const name = given.text('item')
    const items = name === undefined ? undefined : [(await findItem(client, project, name)).id]
    if (all) {
      const written = await withProgress(context, (job) => client.exchange.exportAll({
        project: project.handle, path: resolve(out), items, pictures: given.flag('png') ? 'png' : 'as-they-are', prompts: given.flag('prompts'), job,
      }))
      return { value: { ...written }, text: [...written.files.map((file) => file.name), written.manifest.name].join('\n') }
    }
    const { files } = await withProgress(context, (job) => client.exchange.exportMarkdown({ project: project.handle, folder: resolve(out), items, job }))
    return { value: { files }, text: files.length === 0 ? 'There is no text to export.' : files.map((file) => file.path).join('\n') }
  },
}
