import type { VersionSummary } from '../../../contract/index.js'
import { createStore, useStore } from '../../state/store.js'

/** An output of a running job, watched from the moment it was asked for until its version is there and beyond. */
export interface Watched {
  readonly job: string
  readonly output: number
  /** The version that was chosen when it began to be watched: another choice ends it. */
  readonly instead: string | null
}

const watched = createStore<Readonly<Record<string, Watched | null>>>({})

export function watchOutput(item: string, output: Watched | null): void {
  watched.set((before) => ({ ...before, [item]: output }))
}

export function useWatched(item: string): Watched | null {
  return useStore(watched)[item] ?? null
}

/** The version that an output of a job became, if it is there. */
export function versionOfOutput(versions: readonly VersionSummary[], { job, output }: Pick<Watched, 'job' | 'output'>): VersionSummary | null {
  return versions.find(({ recipe }) => (recipe.by === 'image-model' || recipe.by === 'text-model') && recipe.job === job && recipe.output === output) ?? null
}
