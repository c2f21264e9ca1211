import { useEffect, useState } from 'react'
import type { JobView } from '../../../contract/index.js'
import { useJobs } from './use-jobs.js'

/** A job by its name, with its newest progress; undefined while the queue does not have it. */
export function useJob(job: string | null): JobView | undefined {
  const { jobs } = useJobs()
  return job === null ? undefined : jobs.find(({ id }) => id === job)
}

/** True once so many milliseconds have passed since an instant. */
export function useSince(startedAt: number | null, ms: number): boolean {
  const [isOver, setOver] = useState(() => startedAt !== null && Date.now() >= startedAt + ms)
  useEffect(() => {
    if (startedAt === null) return setOver(false)
    const rest = startedAt + ms - Date.now()
    setOver(rest <= 0)
    if (rest <= 0) return
    const timer = setTimeout(() => setOver(true), rest)
    return () => clearTimeout(timer)
  }, [startedAt, ms])
  return isOver
}
