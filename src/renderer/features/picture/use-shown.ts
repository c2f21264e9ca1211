import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { VersionSummary } from '../../../contract/index.js'
import { studio } from '../../studio.js'
import { useSelectedVersion, useVersions } from '../inspector/versions/use-versions.js'
import { useWatched, versionOfOutput, watchOutput } from './shown.js'
import { usePictureJobs, type Output } from './use-picture-jobs.js'

export interface Shown {
  /** Versions from the oldest to the newest, as far as they were read. */
  readonly versions: readonly VersionSummary[]
  readonly coming: readonly Output[]
  readonly version: VersionSummary | null
  readonly output: Output | null
  readonly query: ReturnType<typeof useVersions>['query']
  readonly show: (version: string) => void
  readonly watch: (output: Output) => void
}

/** What the light table shows of an item: a version, or the picture that is being made. */
export function useShown(project: string, item: string): Shown {
  const { query, versions: newestFirst } = useVersions(project, item)
  const { coming } = usePictureJobs(item)
  const [chosen, choose] = useSelectedVersion(item)
  const wanted = useWatched(item)
  const watched = wanted?.instead === chosen ? wanted : null
  const made = watched ? versionOfOutput(newestFirst, watched) : null
  const output = watched && !made ? (coming.find((one) => one.job === watched.job && one.output === watched.output) ?? null) : null
  const listed = newestFirst.find(({ id }) => id === (made?.id ?? chosen))
  const elsewhere = useQuery({ ...studio.items.version.queryOptions({ input: { project, version: chosen ?? '' } }), enabled: !output && !listed && !made && chosen !== null && !query.isPending })
  const version = output ? null : (listed ?? (elsewhere.data?.item === item ? elsewhere.data : null) ?? newestFirst[0] ?? null)
  // From here on it is a version like the others, and what the inspector is about.
  const settle = useEffectEvent(() => {
    if (!made) return
    watchOutput(item, null)
    choose(made.id)
  })
  const madeId = made?.id
  useEffect(() => settle(), [madeId])

  return {
    versions: [...newestFirst].reverse(), coming, version, output, query,
    show: (id) => { watchOutput(item, null); choose(id) },
    watch: ({ job, output: number }) => watchOutput(item, { job, output: number, instead: chosen }),
  }
}
