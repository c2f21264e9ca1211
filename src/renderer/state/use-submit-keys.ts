import { useEffect, useEffectEvent } from 'react'
import { isMac } from '../shell.js'
import { overlay } from './overlay.js'

/** Ctrl+Enter does what the filled button does, wherever focus is, as long as nothing lies over the window. */
export function useSubmitKeys(submit: () => void): void {
  const onKeys = useEffectEvent((event: KeyboardEvent) => {
    const isInDialog = event.target instanceof Element && event.target.closest('[role="dialog"], .region-composer') !== null
    if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey) || overlay.get() !== null || isInDialog) return
    event.preventDefault()
    event.stopPropagation()
    submit()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeys(event)
    // Before the editor, where the same keys would break a line.
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])
}
