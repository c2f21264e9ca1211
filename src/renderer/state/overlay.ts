import { createStore, useStore } from './store.js'

/** What lies over the whole window. The workspace stays mounted under it, so that nothing typed is interrupted. */
export type Overlay = 'settings' | 'models' | 'palette' | null

export const overlay = createStore<Overlay>(null)

/** What the palette begins with; empty but where somebody searched elsewhere first. */
export const paletteWords = createStore('')

/** The section that the settings begin with. */
export const settingsSection = createStore('you')

export function openSettings(section: string): void {
  settingsSection.set(section)
  overlay.set('settings')
}

export function searchEverything(words: string): void {
  paletteWords.set(words)
  overlay.set('palette')
}

export function useOverlay(): Overlay {
  return useStore(overlay)
}
