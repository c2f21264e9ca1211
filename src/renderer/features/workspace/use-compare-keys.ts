import { useEffect, useEffectEvent } from 'react'
import { isMac } from '../../shell.js'
import { showView, type View } from '../../state/route.js'
import { client } from '../../studio.js'
import { lastApproved } from '../review/index.js'

/** Ctrl+D compares two versions of the item that is shown, Ctrl+Shift+D its head with the last approved version. */
export function useCompareKeys(project: string, view: View): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || !(isMac ? event.metaKey : event.ctrlKey) || event.key.toLowerCase() !== 'd' || view.type !== 'item') return
    event.preventDefault()
    const { item } = view
    if (!event.shiftKey) return showView(view.mode === 'compare' ? { type: 'item', item } : { type: 'item', item, mode: 'compare' })
    void client.review.view({ project, item }).then((review) => {
      const approved = lastApproved(review, review.head)
      showView(approved && review.head ? { type: 'item', item, mode: 'compare', old: approved.version, fresh: review.head } : { type: 'item', item, mode: 'compare' })
    }, () => undefined)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
