import type { Settings } from '../../contract/index.js'
import { client } from '../studio.js'
import { createStore, useStore } from './store.js'

type Json = Settings['layout'][string]

// `false` as a fallback means a boolean, not for ever `false`.
type Widen<T extends Json> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : T

const layout = createStore<Settings['layout'] | null>(null)
let timer: ReturnType<typeof setTimeout> | null = null

/** Takes over what core remembers, once: from then on this window knows better. */
export function adoptLayout(remembered: Settings['layout']): void {
  if (layout.get() === null) layout.set(remembered)
}

function save(): void {
  timer = null
  const value = layout.get()
  // A lost write costs a pane's width, so nobody is told.
  if (value) client.system.changeSettings({ layout: value }).catch(() => undefined)
}

/** Remembers something about the window on this computer, such as a pane's width. */
export function remember(key: string, value: Json): void {
  layout.set((before) => ({ ...before, [key]: value }))
  if (timer !== null) clearTimeout(timer)
  timer = setTimeout(save, 600)
}

/** A remembered value if it has the fallback's type, else the fallback. */
export function useRemembered<T extends Json>(key: string, fallback: T): [Widen<T>, (value: Widen<T>) => void] {
  const values = useStore(layout)
  return [read(values, key, fallback) as Widen<T>, (value) => remember(key, value)]
}

export function remembered<T extends Json>(key: string, fallback: T): T {
  return read(layout.get(), key, fallback)
}

function read<T extends Json>(values: Settings['layout'] | null, key: string, fallback: T): T {
  const value = values?.[key]
  const isAlike = value !== undefined && typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback) && value !== null
  return isAlike ? (value as T) : fallback
}
