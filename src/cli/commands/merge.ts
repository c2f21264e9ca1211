import type { MergeCounts } from '../../contract/index.js'
import type { Command } from '../command.js'
import { withProgress } from '../progress.js'

function sentence({ commits, items, versions, comments, decisions, secondHeads, refused }: MergeCounts, dry: boolean): string {
  const counts = `${commits} commits, ${items} items, ${versions} versions, ${comments} comments, ${decisions} decisions`
  const lines = [commits === 0 ? 'There is nothing new in that copy.' : `${dry ? 'Would come in' : 'Came in'}: ${counts}.`]
  if (secondHeads > 0) lines.push(`${secondHeads} items ${dry ? 'would have' : 'have'} two heads, which a person combines.`)
  for (const { what, reason } of refused) lines.push(`Refused: ${what} (${reason})`)
  return lines.join('\n')
}

export const mergeCommand: Command = {
  name: 'merge',
  arguments: ['FILE', 'COPY'],
  options: { 'dry-run': { type: 'boolean', help: 'only say what would come in' } },
  help: "Brings a colleague's copy of a project into this one. Nothing is lost on either side.",
  writes: true,
  async run(context, given) {
    const { client, open, resolve } = context
    const project = await open(given.argument('FILE'))
    const request = { project: project.handle, path: resolve(given.argument('COPY')) }
    const dry = given.flag('dry-run')
    const counts = await withProgress(context, (name, options): Promise<MergeCounts> => (dry ? client.copies.preview({ ...request, call: name }, options) : client.copies.merge({ ...request, job: name })))
    return { value: { ...counts, dryRun: dry }, text: sentence(counts, dry) }
  },
}
