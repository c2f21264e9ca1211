import { useEffect, useEffectEvent } from 'react'
import { overlay } from '../../state/overlay.js'
import { isWritten } from './panes.js'

/**
 * Single keys, such as J and K, while a component is shown. They never act while text is typed or something lies over the window.
 * @param pane the pane that must have focus, where other panes use the same letters; nothing having focus is as good
 */
export function useSingleKeys(keys: Readonly<Record<string, () => void>>, pane?: 'work'): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && /^[a-z]$/i.test(event.key))) return
    const active = document.activeElement
    if (isWritten(active) || overlay.get() !== null || active?.closest('[role="dialog"], [role="menu"]')) return
    if (pane !== undefined && active && active !== document.body && !active.closest(`[data-pane="${pane}"]`)) return
    const act = keys[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    // Before the list, which would take a letter for the beginning of a title.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}
