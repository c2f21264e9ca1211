import type { Settings } from '../contract/index.js'

export type Theme = Settings['theme']
export type Density = Settings['density']

const key = 'galley-theme'

/** The theme that was used last on this computer, `system` where none is remembered. */
export function rememberedTheme(): Theme {
  try {
    const value = localStorage.getItem(key)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

/** What a theme looks like now: `system` follows the computer. */
export function resolveTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Shows a theme and remembers it for the next start. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = resolveTheme(theme)
  try {
    localStorage.setItem(key, theme)
  } catch {
    // A page without storage still has the setting in core.
  }
}

/** Sets how tall rows and controls are; `normal` is what the tokens say without an attribute. */
export function applyDensity(density: Density): void {
  if (density === 'normal') delete document.documentElement.dataset.density
  else document.documentElement.dataset.density = density
}

/** Calls back when the computer switches between light and dark. */
export function onSystemTheme(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}
