import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError, type MeaningState } from '../../contract/index.js'
import { WrongCall, type Command, type CommandContext } from '../command.js'

const lookEveryMs = 250

const whyNot: Partial<Record<MeaningState['state'], string>> = { off: 'it is switched off in the settings', missing: 'its model is missing', failed: 'its engine does not run' }

/** Waits until all of a project is read; a command has no background in which that could have happened. */
async function whenRead({ client, signal, note }: CommandContext, project: string): Promise<void> {
  for (let noted = ''; ; ) {
    const { state, share } = await client.search.meaning({ project })
    if (state === 'ready') return
    if (whyNot[state]) throw new StudioError('not-supported', { detail: `search by meaning: ${whyNot[state]}` })
    if (signal.aborted) throw new StudioError('cancelled', {})
    const line = `Reading for search by meaning… ${Math.floor(share * 100)}%`
    if (line !== noted) note((noted = line))
    await sleep(lookEveryMs)
  }
}

export const searchCommand: Command = {
  name: 'search',
  arguments: ['FILE', 'WORDS…'],
  options: {
    by: { type: 'string', value: 'HOW', help: 'words, or meaning: passages that say something like it in other words' },
    limit: { type: 'string', value: 'N', help: 'at most so many hits (20)' },
  },
  help: 'Searches texts, titles, prompts, comments and tags. Pictures are found by their words, not by their pixels.',
  writes: false,
  async run(context, given) {
    const by = given.text('by') ?? 'words'
    if (by !== 'words' && by !== 'meaning') throw new WrongCall('--by is words or meaning')
    const project = await context.open(given.argument('FILE'))
    const words = given.rest().join(' ')
    // Opened anew, so that what was written elsewhere is indexed before it is read.
    await context.client.search.query({ project: project.handle, words, limit: 1 })
    if (by === 'meaning') await whenRead(context, project.handle)
    const { hits } = await context.client.search.query({ project: project.handle, words, by, limit: given.whole('limit', 1, 200) ?? 20 })
    const plain = (snippet: string): string => snippet.replace(/[\u2068\u2069]/g, '')
    return {
      value: { hits: hits.map((hit) => ({ ...hit, snippet: plain(hit.snippet) })) },
      text: hits.length === 0 ? 'Nothing was found.' : hits.map(({ item, where, title, snippet }) => `${item.slice(0, 12)}  ${where.padEnd(7)}  ${title}: ${plain(snippet)}`).join('\n'),
    }
  },
}
