import { useEffect, useEffectEvent } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { pictureUrl, type GalleryPicture, type ItemSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Button, IconButton } from '../../ui/button.js'
import type { Pages } from './use-pages.js'

interface CloserLookProps {
  readonly project: string
  readonly index: number
  readonly total: number
  readonly pages: Pages
  readonly items: ReadonlyMap<string, ItemSummary>
  readonly onMove: (index: number) => void
  readonly onClose: () => void
  readonly onOpen: (picture: GalleryPicture) => void
}

/** One picture over the gallery. Arrow keys go on, Space and Escape go back, Enter opens it. */
export function CloserLook({ project, index, total, pages, items, onMove, onClose, onOpen }: CloserLookProps) {
  const entry = pages.at(index)
  const picture = entry?.kind === 'picture' ? entry : undefined
  const title = picture ? (items.get(picture.item)?.title ?? t('gallery.untitled')) : ''
  const open = (): void => { if (picture) { onClose(); onOpen(picture) } }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const isOnButton = event.target instanceof HTMLButtonElement
    if (step !== undefined) {
      void nextPicture(pages, index, step, total).then((to) => { if (to !== null) onMove(to) }, () => undefined)
    } else if (event.key === ' ' && !isOnButton) onClose()
    else if (event.key === 'Enter' && !isOnButton) open()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    // The dialog itself has focus, so nothing inside it would hear the keys.
    const listen = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])

  return (
    <ModalOverlay className="scrim closer-look" isOpen isDismissable onOpenChange={(isOpen) => { if (!isOpen) onClose() }}>
      <Modal>
        <Dialog className="closer-look-dialog" aria-label={picture ? t('gallery.look', { title, number: picture.ordinal }) : t('gallery.reading')}>
          <div className="closer-look-inside">
            {picture ? <img src={pictureUrl(project, picture.hash, 1280)} alt={t('picture.alt', { title, number: picture.ordinal })} style={{ aspectRatio: `${picture.width ?? 1} / ${picture.height ?? 1}` }} /> : null}
            <div className="row closer-look-foot">
              <span className="strong truncate">{title}</span>{picture ? <span className="secondary number">{picture.ordinal}</span> : null}
              <span className="push row"><Button size="small" onPress={open}>{t('gallery.open')}</Button><IconButton small icon="x" label={t('general.close')} onPress={onClose} /></span>
            </div>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The next picture on the way; texts are passed over. Null where there is none. */
async function nextPicture(pages: Pages, from: number, step: number, total: number): Promise<number | null> {
  for (let to = from + step; to >= 0 && to < total; to += step) {
    const [entry] = await pages.read(to, to)
    if (entry?.kind === 'picture') return to
  }
  return null
}
