import { useEffect, useEffectEvent } from 'react'
import { isMac } from '../../shell.js'
import { overlay } from '../../state/overlay.js'
import { tabIds } from '../inspector/tab-ids.js'
import { isWritten, nextPane } from './panes.js'
import { useHistory } from './use-history.js'

interface WorkspaceKeys {
  readonly project: string
  readonly toggleDesk: () => void
  readonly toggleQueue: () => void
  readonly showTab: (id: string) => void
}

/** The keys that work anywhere in a project. While text is typed, undo is the editor's or the field's. */
export function useWorkspaceKeys({ project, toggleDesk, toggleQueue, showTab }: WorkspaceKeys): void {
  const history = useHistory(project)

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const control = isMac ? event.metaKey : event.ctrlKey
    const key = event.key.toLowerCase()
    const take = (act: () => void): void => {
      event.preventDefault()
      act()
    }
    if (key === 'f6' && !control && !event.altKey) return take(() => nextPane(event.shiftKey ? -1 : 1))
    if (!control || event.altKey) return
    if (key === 'k' && !event.shiftKey) return take(() => overlay.set('palette'))
    if (key === '\\') return take(toggleDesk)
    if (key === 'j' && !event.shiftKey) return take(toggleQueue)
    const tab = tabIds[Number(key) - 1]
    if (/^[1-9]$/.test(key) && tab) return take(() => showTab(tab))
    if (isWritten(document.activeElement)) return
    if (key === 'z') return take(event.shiftKey ? history.redo : history.undo)
    if (key === 'y' && !isMac) return take(history.redo)
  })

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
