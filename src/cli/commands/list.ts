import type { Command } from '../command.js'

export const listCommand: Command = {
  name: 'list',
  arguments: ['FILE'],
  options: {},
  help: 'Lists the items of a project.',
  writes: false,
  async run({ client, open }, given) {
    const project = await open(given.argument('FILE'))
    const { items } = await client.items.list({ project: project.handle })
    return {
      value: { items: items.map(({ id, kind, title, heads, versions }) => ({ id, kind, title, heads, versions })) },
      text: items.length === 0
        ? 'The project has no items yet.'
        : items.map(({ id, kind, title, versions, state }) => `${id.slice(0, 12)}  ${kind.padEnd(5)}  ${state.padEnd(13)}  ${String(versions).padStart(3)} ${versions === 1 ? 'version ' : 'versions'}  ${title}`).join('\n'),
    }
  },
}
