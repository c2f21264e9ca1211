import { useState, type DragEvent } from 'react'
import type { FlatRow } from './flat.js'
import { placeOf, type DeskNode } from './tree.js'

const rowType = 'galley-row'

export interface Drop {
  readonly target: string
  readonly position: 'on' | 'before' | 'after'
}

interface RowDrag {
  readonly tree: readonly DeskNode[]
  readonly isDisabled: boolean
  readonly rowOf: (event: DragEvent) => FlatRow | null
  readonly onMove: (target: string, folder: string | null, before: string | undefined) => void
}

/** Rows are dragged onto folders, and between other rows. Keys do the same: Alt with the arrows. */
export function useRowDrag({ tree, isDisabled, rowOf, onMove }: RowDrag) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)

  function dropAt(event: DragEvent): Drop | null {
    const row = rowOf(event)
    if (!row || dragged === null) return null
    const box = (event.target as Element).closest('[role="row"]')!.getBoundingClientRect()
    const share = (event.clientY - box.top) / box.height
    // The middle of a folder takes the row in; an item has no inside.
    const [up, down] = row.node.item ? [0.5, 0.5] : [0.3, 0.7]
    const position = share < up ? 'before' : share >= down ? 'after' : 'on'
    return placeOf(tree, dragged, row.node.id, position) ? { target: row.node.id, position } : null
  }

  const isOwn = (event: DragEvent): boolean => dragged !== null && event.dataTransfer.types.includes(rowType)
  const end = (): void => { setDragged(null); setDrop(null) }
  return {
    dragged,
    drop,
    handlers: {
      onDragStart(event: DragEvent) {
        const row = rowOf(event)
        if (!row || isDisabled) return event.preventDefault()
        event.dataTransfer.setData(rowType, row.node.id)
        event.dataTransfer.setData('text/plain', row.node.title)
        event.dataTransfer.effectAllowed = 'move'
        setDragged(row.node.id)
      },
      onDragOver(event: DragEvent) {
        if (!isOwn(event)) return
        const at = dropAt(event)
        setDrop((before) => (before?.target === at?.target && before?.position === at?.position ? before : at))
        if (!at) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
      },
      onDragLeave(event: DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDrop(null)
      },
      onDrop(event: DragEvent) {
        if (!isOwn(event)) return
        event.preventDefault()
        event.stopPropagation()
        const at = dropAt(event)
        const place = at && placeOf(tree, dragged!, at.target, at.position)
        if (place) onMove(dragged!, place.folder, place.before)
        end()
      },
      onDragEnd: end,
    },
  }
}
