import { createStore, useStore } from './store.js'

/** What the middle of the window shows in a project. */
export type View =
  | ItemView
  | { readonly type: 'merge'; readonly copy: string }
  | LineageView
  | { readonly type: (typeof places)[number] }
  | { readonly type: 'none' }

/** An item as it is worked on, its two heads being combined, or two of its versions beside each other (the newest two where none are named). */
export type ItemView = { readonly type: 'item'; readonly item: string; readonly mode?: 'combine' | 'compare'; readonly old?: string; readonly fresh?: string }

/** What was made from what: of one item and what touches it, or of all. */
export type LineageView = { readonly type: 'lineage'; readonly item?: string }

/** Views that need no more than their name. */
const places = ['models', 'review', 'log', 'gallery'] as const

export type Route = { readonly screen: 'welcome' } | { readonly screen: 'project'; readonly path: string; readonly view: View }

/** Reads a route from the part of the address after `#`. What is not understood is the list of projects. */
export function parseRoute(hash: string): Route {
  const [, screen, path, view, id, ...rest] = hash.replace(/^#/, '').split('/')
  if (screen !== 'project' || !path) return { screen: 'welcome' }
  const decoded = decode(path)
  if (decoded === null) return { screen: 'welcome' }
  return { screen: 'project', path: decoded, view: parseView(view, id, rest) }
}

function parseView(name: string | undefined, id: string | undefined, [mode, old, fresh]: readonly string[]): View {
  if (name === 'item' && id) {
    if (mode === 'combine') return { type: 'item', item: id, mode }
    if (mode === 'compare') return { type: 'item', item: id, mode, ...(old && fresh ? { old, fresh } : {}) }
    return { type: 'item', item: id }
  }
  if (name === 'lineage') return id ? { type: 'lineage', item: id } : { type: 'lineage' }
  const copy = name === 'merge' && id ? decode(id) : null
  if (copy) return { type: 'merge', copy }
  return { type: places.find((place) => place === name) ?? 'none' }
}

/** The part of the address after `#`, so that loading the page again comes back to the same place. */
export function formatRoute(route: Route): string {
  if (route.screen === 'welcome') return '#/'
  const project = `#/project/${encodeURIComponent(route.path)}`
  const { view } = route
  if (view.type === 'item') {
    const { item, mode, old, fresh } = view
    return [project, 'item', item, ...(mode ? [mode] : []), ...(mode === 'compare' && old && fresh ? [old, fresh] : [])].join('/')
  }
  if (view.type === 'merge') return `${project}/merge/${encodeURIComponent(view.copy)}`
  if (view.type === 'lineage') return [project, 'lineage', ...(view.item ? [view.item] : [])].join('/')
  return view.type === 'none' ? project : `${project}/${view.type}`
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const store = createStore<Route>({ screen: 'welcome' })

/** Follows the address. Called once. */
export function followAddress(): void {
  store.set(parseRoute(location.hash))
  window.addEventListener('hashchange', () => store.set(parseRoute(location.hash)))
}

export function useRoute(): Route {
  return useStore(store)
}

export function goTo(route: Route): void {
  location.hash = formatRoute(route)
}

/** What the open project shows now; null where none is open. */
export function currentView(): View | null {
  const route = store.get()
  return route.screen === 'project' ? route.view : null
}

/** Shows something else in the open project. */
export function showView(view: View): void {
  const route = store.get()
  if (route.screen === 'project') goTo({ ...route, view })
}
