import { fromErrorRecord, StudioError, type JobView } from '../contract/index.js'
import type { CommandContext } from './command.js'
import { progressLine } from './progress.js'

/** However events come, a job is looked at again after this many milliseconds. */
const lookEveryMs = 1000

/**
 * Asks for a job and settles with it when it is done. An interruption cancels it and waits until it has stopped.
 * Errors: the job's own, `cancelled`.
 */
export async function finishJob({ client, signal, note, progress }: CommandContext, ask: () => Promise<{ job: string }>): Promise<JobView> {
  const leaving = new AbortController()
  const events = (await client.system.events(undefined, { signal: leaving.signal })) as AsyncIterator<{ event: { type: string; job?: string } }>
  const { job } = await ask()
  const cancel = (): void => void client.jobs.cancel({ job }).catch(() => {})
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel)
  let noted = ''
  let pending: Promise<unknown> | null = null
  try {
    for (;;) {
      const view = await client.jobs.get({ job })
      if (view.state !== 'waiting' && view.state !== 'running') return ended(view)
      if (view.waits !== null && view.waits !== noted) note((noted = view.waits))
      if (view.state === 'running' && view.step !== '') progress(progressLine(view))
      let timer: NodeJS.Timeout | undefined
      pending ??= events.next().then(() => { pending = null }, () => {})
      await Promise.race([pending, new Promise((resolve) => (timer = setTimeout(resolve, lookEveryMs)))])
      clearTimeout(timer)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    leaving.abort()
    progress(null)
    await events.return?.()
  }
}

function ended(view: JobView): JobView {
  if (view.state === 'done') return view
  throw view.error === null ? new StudioError('cancelled', {}) : fromErrorRecord(view.error)
}
