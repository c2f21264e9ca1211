import { createStore, useStore } from './store.js'

/** What lies over the whole window. The workspace stays mounted under it, so that nothing typed is interrupted. */
export type Overlay = 'settings' | 'models' | 'palette' | null

export const overlay = createStore<Overlay>(null)

export function useOverlay(): Overlay {
  return useStore(overlay)
}
