import { useEffect, useEffectEvent } from 'react'
import { overlay } from '../../../state/overlay.js'
import { isWritten } from '../../workspace/panes.js'

type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Keys without Ctrl that act while the work has focus, and never while text is typed. They come before lists, whose own
 * letters would search.
 */
export function useSingleKeys(keys: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || overlay.get() !== null) return
    const at = document.activeElement
    if (isWritten(at) || (at !== document.body && at !== null && at.closest('[data-pane="work"]') === null)) return
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])
}
