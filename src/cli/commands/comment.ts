import { StudioError, type CommentAnchor, type ProjectSummary, type VersionSummary } from '../../contract/index.js'
import { makeAnchor, parseDocument, resolveAnchor } from '../../document/index.js'
import { WrongCall, type Command, type StudioClient } from '../command.js'
import { findItem, findVersion } from '../select.js'

/** Where in the picture, in percent of its width and height. */
function regionOf(text: string, version: VersionSummary): CommentAnchor {
  const numbers = text.split(',').map(Number)
  const [x = NaN, y = NaN, width = NaN, height = NaN] = numbers
  const fits = numbers.length === 4 && text.split(',').every((part) => part.trim() !== '') && x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 100 && y + height <= 100
  if (!fits) throw new WrongCall(`--region is x,y,width,height in percent of the picture, not “${text}”`)
  if (version.content.type !== 'blob') throw new StudioError('bad-input', { detail: 'a text has no region; use --quote' })
  return { type: 'region', x, y, width, height, content: version.content.hash }
}

async function quoteOf(client: StudioClient, project: ProjectSummary, quote: string, version: VersionSummary): Promise<CommentAnchor> {
  if (version.content.type !== 'text') throw new StudioError('bad-input', { detail: 'a picture has no words; use --region' })
  const doc = parseDocument((await client.items.versionText({ project: project.handle, version: version.id })).doc)
  const found = resolveAnchor({ type: 'words', from: 0, to: 0, quote, prefix: '', suffix: '' }, { current: doc })
  const anchor = found && makeAnchor(doc, found.from, found.to)
  // Words that are only alike would put the comment where nobody meant it.
  if (anchor?.quote !== quote) throw new StudioError('bad-input', { detail: `the version does not say “${quote}”` })
  return anchor
}

/** The version that is meant: one by its id or name, or the newest of an item; none where the item as it is now is meant. */
async function targetOf(client: StudioClient, project: ProjectSummary, name: string): Promise<{ item: string; title: string; version: VersionSummary | null; isNow: boolean }> {
  const item = await findItem(client, project, name).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'not-found') return null
    throw error
  })
  if (item === null) {
    const version = await findVersion(client, project, name)
    return { item: version.item, title: (await client.items.get({ project: project.handle, item: version.item })).title, version, isNow: false }
  }
  const head = item.heads.at(-1)
  return { item: item.id, title: item.title, version: head === undefined ? null : await client.items.version({ project: project.handle, version: head }), isNow: true }
}

export const commentCommand: Command = {
  name: 'comment',
  arguments: ['FILE', 'VERSION'],
  options: {
    text: { type: 'string', value: 'TEXT', help: 'what to say' },
    quote: { type: 'string', value: 'WORDS', help: 'the words of the text that it is about' },
    region: { type: 'string', value: 'X,Y,W,H', help: 'the part of the picture that it is about, in percent' },
  },
  help: 'Writes a comment on a version, or on an item as it is now.',
  writes: true,
  async run({ client, open }, given) {
    const [text, quote, region] = [given.text('text'), given.text('quote'), given.text('region')]
    if (text === undefined || text.trim() === '') throw new WrongCall('comment needs --text')
    if (quote !== undefined && region !== undefined) throw new WrongCall('comment takes --quote or --region, not both')
    const project = await open(given.argument('FILE'))
    const target = await targetOf(client, project, given.argument('VERSION'))
    const needs = quote ?? region
    if (needs !== undefined && target.version === null) throw new StudioError('not-found', { what: 'version', id: given.argument('VERSION') })
    let anchor: CommentAnchor = { type: 'whole' }
    if (quote !== undefined) anchor = await quoteOf(client, project, quote, target.version!)
    if (region !== undefined) anchor = regionOf(region, target.version!)
    // A comment on an item as a whole is on its draft, which core keeps as a version first.
    const on = target.isNow && anchor.type === 'whole' ? undefined : target.version?.id
    const { comment, version } = await client.review.comment({ project: project.handle, item: target.item, version: on, text, anchor })
    return { value: { comment, item: target.item, version }, text: `A comment on “${target.title}” (${comment.slice(0, 12)}).` }
  },
}
