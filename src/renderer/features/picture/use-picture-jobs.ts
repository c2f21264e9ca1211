import type { JobView } from '../../../contract/index.js'
import { useStudioEvent } from '../../events.js'
import { createStore, useStore } from '../../state/store.js'
import { useJobs } from '../queue/use-jobs.js'

type Previews = Readonly<Record<number, number>>

/** Newest preview numbers by job and output: they come too often to read the whole list again for each. */
const previews = createStore<Readonly<Record<string, Previews>>>({})

/** A picture that a job is to make or makes. */
export interface Output {
  readonly job: string
  readonly output: number
  readonly state: 'making' | 'waiting'
  /** Newest preview number; null while there is none. */
  readonly preview: number | null
  /** Share of the whole job, 0–1. */
  readonly share: number | null
}

/** Follows the previews of running jobs. One listener a window is enough, and more do no harm. */
export function usePreviews(): Readonly<Record<string, Previews>> {
  useStudioEvent('job.progressed', ({ job, preview }) => {
    if (preview) previews.set((before) => ({ ...before, [job]: { ...before[job], [preview.output]: preview.number } }))
  })
  return useStore(previews)
}

/** Pictures to come of a job, in order: those that its item does not hold yet. */
export function outputsOf(job: JobView, live: Previews | undefined): readonly Output[] {
  if (job.kind !== 'image' || job.detail === 'remake' || (job.state !== 'running' && job.state !== 'waiting')) return []
  return Array.from({ length: job.outputs.wanted }, (_, output): Output => {
    const number = live?.[output] ?? job.previews.find((one) => one.output === output)?.number ?? null
    return { job: job.id, output, state: job.state === 'running' && output === job.outputs.done ? 'making' : 'waiting', preview: number, share: job.share }
  }).slice(job.outputs.done)
}

/** Jobs that make pictures for an item, and the pictures that are still to come of them. */
export function usePictureJobs(item: string): { readonly jobs: readonly JobView[]; readonly coming: readonly Output[] } {
  const { jobs } = useJobs()
  const live = usePreviews()
  const own = jobs.filter((job) => job.kind === 'image' && job.item === item)
  return { jobs: own, coming: own.flatMap((job) => outputsOf(job, live[job.id])) }
}
