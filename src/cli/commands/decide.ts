import { WrongCall, type Command } from '../command.js'
import { findVersion } from '../select.js'

const decisions = ['approve', 'approve-with-notes', 'changes'] as const
type Decision = (typeof decisions)[number]

const isDecision = (text: string): text is Decision => (decisions as readonly string[]).includes(text)

export const decideCommand: Command = {
  name: 'decide',
  arguments: ['FILE', 'VERSION', '[DECISION]'],
  options: {
    as: { type: 'string', value: 'DECISION', help: 'the decision, where it is not the last argument' },
    notes: { type: 'string', value: 'TEXT', help: 'what to add to the decision' },
  },
  help: 'Signs a decision on a version: approve, approve-with-notes or changes.',
  writes: true,
  async run({ client, open }, given) {
    const decision = given.text('as') ?? given.argument('[DECISION]')
    if (decision === '') throw new WrongCall(`decide needs DECISION: ${decisions.join(', ')}`)
    if (!isDecision(decision)) throw new WrongCall(`A decision is one of ${decisions.join(', ')}, not “${decision}”`)
    const notes = given.text('notes') ?? ''
    const project = await open(given.argument('FILE'))
    const version = await findVersion(client, project, given.argument('VERSION'))
    const { decision: id, counts } = await client.review.decide({ project: project.handle, version: version.id, decision, notes })
    const { state } = await client.review.view({ project: project.handle, item: version.item })
    return {
      value: { decision: id, item: version.item, version: version.id, counts, state },
      text: `Decided: ${decision}. The item is now ${state}.${counts ? '' : ' The decision does not count: the founder of this project has not admitted this key.'}`,
    }
  },
}
