import { useEffect, useEffectEvent, useState } from 'react'
import { isWritten } from '../workspace/panes.js'
import { bringIn } from './bring-in.js'

/** Places of the window that take files. */
const places = '[data-pane="desk"], .gallery, .picture-work'

const filesOf = (data: DataTransfer | null): readonly File[] => [...(data?.files ?? [])]
const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false

/** Takes files that are dropped on the desk, the gallery or a picture, and pictures that are pasted outside a text. Says over what files hang. */
export function useFileDrop(project: string, folder: string | null, readOnly: boolean): DOMRect | null {
  const [over, setOver] = useState<DOMRect | null>(null)
  const take = useEffectEvent((files: readonly File[]) => { if (!readOnly) void bringIn(files, { project, folder }) })
  const canTake = useEffectEvent(() => !readOnly)

  useEffect(() => {
    const placeAt = (event: DragEvent): Element | null => (event.target instanceof Element && canTake() ? event.target.closest(places) : null)
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      // A file that falls anywhere else must not take the place of the page.
      event.preventDefault()
      const place = placeAt(event)
      if (event.dataTransfer) event.dataTransfer.dropEffect = place ? 'copy' : 'none'
      setOver(place?.getBoundingClientRect() ?? null)
    }
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      setOver(null)
      if (placeAt(event)) take(filesOf(event.dataTransfer))
    }
    const onLeave = (event: DragEvent): void => { if (event.relatedTarget === null) setOver(null) }
    const onPaste = (event: ClipboardEvent): void => {
      const files = filesOf(event.clipboardData)
      if (files.length === 0 || isWritten(document.activeElement)) return
      event.preventDefault()
      take(files)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('drop', onDrop)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('paste', onPaste)
    }
  }, [])
  return over
}
