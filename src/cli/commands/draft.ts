import { StudioError, type ItemSummary, type ProjectSummary } from '../../contract/index.js'
import type { Command, CommandContext } from '../command.js'
import { finishJob } from '../job.js'
import { plainTextOf } from '../plain-text.js'
import { findItem } from '../select.js'
import { WrongCall } from '../command.js'

const longestTitle = 60

/** A title for a new text: the first words of what was asked for. */
function titleFrom(prompt: string): string {
  const line = prompt.trim().split('\n', 1)[0]!.replace(/\s+/g, ' ')
  if (line.length <= longestTitle) return line
  const cut = line.slice(0, longestTitle)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 20)).trimEnd()}…`
}

async function itemFor({ client }: CommandContext, project: ProjectSummary, name: string | undefined, prompt: string): Promise<ItemSummary> {
  if (name === undefined) return client.items.create({ project: project.handle, kind: 'text', title: titleFrom(prompt) })
  const item = await findItem(client, project, name)
  if (item.kind !== 'text') throw new StudioError('not-supported', { detail: `${item.title} is no text` })
  return item
}

export const draftCommand: Command = {
  name: 'draft',
  arguments: ['FILE'],
  options: {
    prompt: { type: 'string', value: 'TEXT', help: 'what to write' },
    item: { type: 'string', value: 'ITEM', help: 'the text to write in; without it a new one' },
    model: { type: 'string', value: 'MODEL', help: 'the model; without it the one of the settings' },
    seed: { type: 'string', value: 'N', help: 'seed; the same seed gives the same words' },
    'max-tokens': { type: 'string', value: 'N', help: 'most tokens to write' },
    accept: { type: 'boolean', help: 'accept the whole proposal' },
  },
  help: 'Has a model draft into a proposal.',
  writes: true,
  async run(context, given) {
    const { client } = context
    const prompt = given.text('prompt')
    if (prompt === undefined || prompt.trim() === '') throw new WrongCall('draft needs --prompt')
    const seed = given.whole('seed', 0, 2 ** 32 - 1)
    const maxTokens = given.whole('max-tokens', 1, 8192)
    const project = await context.open(given.argument('FILE'))
    const item = await itemFor(context, project, given.text('item'), prompt)
    const where = { project: project.handle, item: item.id }
    const job = await finishJob(context, () => client.texts.ask({ ...where, operation: 'draft', prompt, seed, maxTokens, model: given.text('model') }))
    const proposal = (await client.texts.proposals(where)).find((one) => job.results.includes(one.id))
    if (proposal === undefined) throw new StudioError('not-found', { what: 'proposal', id: job.results[0] ?? job.id })
    const open = proposal.pieces.filter((piece) => piece.outcome === 'open')
    const decided = given.flag('accept') && open.length > 0
      ? await client.texts.decide({ ...where, proposal: proposal.id, decisions: open.map((piece) => ({ piece: piece.index, outcome: 'accepted' as const })) })
      : null
    const text = proposal.pieces.map((piece) => plainTextOf(piece.slice)).join('\n\n')
    const { recipe } = proposal
    const made = recipe.by !== 'text-model' ? {} : {
      model: recipe.model.name, seed: recipe.seed, tokens: recipe.tokens, tokensPerSecond: recipe.tokensPerSecond, firstTokenMs: recipe.firstTokenMs,
    }
    return {
      value: { item: item.id, proposal: proposal.id, ...(decided?.version ? { version: decided.version } : {}), text, ...made },
      text: `${text}\n\n${decided ? `Accepted into “${item.title}”${decided.version ? ` as version ${decided.version.slice(0, 12)}` : ''}.` : `A proposal for “${item.title}” (${proposal.id.slice(0, 12)}).`}`,
    }
  },
}
