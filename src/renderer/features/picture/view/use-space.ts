import { useEffect, useEffectEvent, useState, type RefObject } from 'react'

/** Whether the space bar is held down over a place; what it would press or type elsewhere it does there. */
export function useSpace(place: RefObject<HTMLElement | null>): boolean {
  const [isHeld, setHeld] = useState(false)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== ' ') return
    if (event.type === 'keyup') return setHeld(false)
    const active = document.activeElement
    const isHere = active === document.body || place.current?.contains(active)
    if (!isHere || event.defaultPrevented || active?.closest('button, input, textarea, [role="button"]:not(.frame-handle)')) return
    event.preventDefault()
    setHeld(true)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    // Let go outside of the window it would be held for ever.
    const end = (): void => setHeld(false)
    window.addEventListener('keydown', listen)
    window.addEventListener('keyup', listen)
    window.addEventListener('blur', end)
    return () => {
      window.removeEventListener('keydown', listen)
      window.removeEventListener('keyup', listen)
      window.removeEventListener('blur', end)
    }
  }, [])
  return isHeld
}
