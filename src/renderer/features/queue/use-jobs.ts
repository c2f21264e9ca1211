import { useQuery } from '@tanstack/react-query'
import type { JobView } from '../../../contract/index.js'
import { useEffect, useState } from 'react'
import { useStudioEvent } from '../../events.js'
import { createStore, useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { inOrder, quietUntil } from './summary.js'

interface Live {
  readonly share: number | null
  readonly step: string
  readonly msLeft: number | null
}

/** What running jobs last said of themselves. Progress comes too often to read the whole list again for it. */
const live = createStore<Readonly<Record<string, Live>>>({})

/** The jobs to show: work with files that has only just begun stays out, since most of it is over before anybody could read of it. */
export function useShownJobs() {
  const { query, jobs } = useJobs()
  const [now, setNow] = useState(() => Date.now())
  const next = Math.min(...jobs.map((job) => quietUntil(job)).filter((until) => until > now))
  useEffect(() => {
    if (next === Infinity) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, next - Date.now()) + 5)
    return () => clearTimeout(timer)
  }, [next])
  return { query, jobs: jobs.filter((job) => quietUntil(job) <= now) }
}

/** All jobs of this computer in their order, with the newest progress. */
export function useJobs() {
  const query = useQuery(studio.jobs.list.queryOptions({ input: {} }))
  const progress = useStore(live)
  useStudioEvent('job.progressed', ({ job, share, step, msLeft }) => live.set((before) => ({ ...before, [job]: { share, step, msLeft } })))
  useStudioEvent('job.changed', ({ job }) => live.set(({ [job]: _ended, ...rest }) => rest))
  const jobs = inOrder((query.data ?? []).map((job): JobView => {
    const now = progress[job.id]
    return now && job.state === 'running' ? { ...job, ...now } : job
  }))
  return { query, jobs }
}
