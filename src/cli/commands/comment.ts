import { WrongCall, type Command } from '../command.js'
import { findItem } from '../select.js'

export const commentCommand: Command = {
  name: 'comment',
  arguments: ['FILE', 'ITEM'],
  options: { text: { type: 'string', value: 'TEXT', help: 'what to say' } },
  help: 'Writes a comment on an item as it is now.',
  writes: true,
  async run({ client, open }, given) {
    const text = given.text('text')
    if (text === undefined || text.trim() === '') throw new WrongCall('comment needs --text')
    const project = await open(given.argument('FILE'))
    const item = await findItem(client, project, given.argument('ITEM'))
    const { comment, version } = await client.review.comment({ project: project.handle, item: item.id, text, anchor: { type: 'whole' } })
    return { value: { comment, item: item.id, version }, text: `A comment on “${item.title}” (${comment.slice(0, 12)}).` }
  },
}
