import { createStore, useStore } from '../../state/store.js'

/** The job that last made a version again in this window. */
export const remakes = createStore<Readonly<Record<string, string>>>({})

export function useRemake(version: string): string | null {
  return useStore(remakes)[version] ?? null
}
