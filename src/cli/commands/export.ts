import { WrongCall, type Command } from '../command.js'
import { findItem } from '../select.js'

export const exportCommand: Command = {
  name: 'export',
  arguments: ['FILE'],
  options: {
    out: { type: 'string', value: 'DIR', help: 'the folder to write into' },
    item: { type: 'string', value: 'ITEM', help: 'only this text' },
  },
  help: 'Writes texts as Markdown files.',
  writes: true,
  async run({ client, open, resolve }, given) {
    const out = given.text('out')
    if (out === undefined) throw new WrongCall('export needs --out')
    const project = await open(given.argument('FILE'))
    const name = given.text('item')
    const items = name === undefined ? undefined : [(await findItem(client, project, name)).id]
    const { files } = await client.exchange.exportMarkdown({ project: project.handle, folder: resolve(out), items })
    return { value: { files }, text: files.length === 0 ? 'There is no text to export.' : files.map((file) => file.path).join('\n') }
  },
}
