import { randomUUID } from 'node:crypto'
import type { StudioEvent } from '../contract/index.js'
import type { CommandContext } from './command.js'

const words: Readonly<Record<string, string>> = {
  'bringing-in': 'Bringing in', gathering: 'Gathering', exporting: 'Writing', copying: 'Copying', 'reading-copy': 'Reading the copy', 'examining-copy': 'Examining the copy',
  merging: 'Merging', 'taking-back': 'Taking back', loading: 'Loading the model', denoising: 'Making the picture', writing: 'Writing', reading: 'Reading the text', stopping: 'Stopping',
}

/** One line of how far long work is: what is done, the share and the time left as far as they are known. */
export function progressLine({ share, step, msLeft }: { readonly share: number | null; readonly step: string; readonly msLeft: number | null }): string {
  const parts = [words[step] ?? step, ...(share === null ? [] : [`${Math.round(share * 100)} %`]), ...(msLeft === null ? [] : [`about ${timeLeft(msLeft)} left`])]
  return parts.filter((part) => part !== '').join(', ')
}

const timeLeft = (ms: number): string => (ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`)

type Progressed = Extract<StudioEvent, { type: 'job.progressed' | 'call.progressed' }>

/**
 * Makes a call under a name of its own and shows how far it is until it is answered. An interruption cancels the job behind it; a
 * call that is no job ends by its signal.
 */
export async function withProgress<Answer>(
  { client, signal, progress }: CommandContext, ask: (name: string, options: { signal: AbortSignal }) => Promise<Answer>,
): Promise<Answer> {
  const name = randomUUID()
  const leaving = new AbortController()
  const events = (await client.system.events(undefined, { signal: leaving.signal })) as AsyncIterator<{ event: StudioEvent }>
  const cancel = (): void => void client.jobs.cancel({ job: name }).catch(() => {})
  const isOurs = (event: StudioEvent): event is Progressed => (event.type === 'job.progressed' && event.job === name) || (event.type === 'call.progressed' && event.call === name)
  const showing = (async () => {
    for (let next = await events.next(); !next.done; next = await events.next()) if (isOurs(next.value.event)) progress(progressLine(next.value.event))
  })().catch(() => {})
  signal.addEventListener('abort', cancel)
  try {
    const answer = ask(name, { signal })
    if (signal.aborted) cancel()
    return await answer
  } finally {
    signal.removeEventListener('abort', cancel)
    leaving.abort()
    await events.return?.()
    await showing
    progress(null)
  }
}
