import { createStore, useStore } from './store.js'

/** What the middle of the window shows in a project. */
export type View = { readonly type: 'item'; readonly item: string } | { readonly type: 'models' } | { readonly type: 'none' }

export type Route = { readonly screen: 'welcome' } | { readonly screen: 'project'; readonly path: string; readonly view: View }

/** Reads a route from the part of the address after `#`. What is not understood is the list of projects. */
export function parseRoute(hash: string): Route {
  const [, screen, path, view, id] = hash.replace(/^#/, '').split('/')
  if (screen !== 'project' || !path) return { screen: 'welcome' }
  const decoded = decode(path)
  if (decoded === null) return { screen: 'welcome' }
  if (view === 'item' && id) return { screen: 'project', path: decoded, view: { type: 'item', item: id } }
  return { screen: 'project', path: decoded, view: { type: view === 'models' ? 'models' : 'none' } }
}

/** The part of the address after `#`, so that loading the page again comes back to the same place. */
export function formatRoute(route: Route): string {
  if (route.screen === 'welcome') return '#/'
  const project = `#/project/${encodeURIComponent(route.path)}`
  if (route.view.type === 'item') return `${project}/item/${route.view.item}`
  return route.view.type === 'models' ? `${project}/models` : project
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

/** Shows something else in the open project. */
export function showView(view: View): void {
  const route = store.get()
  if (route.screen === 'project') goTo({ ...route, view })
}
