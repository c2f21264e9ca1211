import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../messages/t.js'
import { IconButton } from './button.js'
import { Mark } from './icon.js'
import { ThemeButton } from './theme-button.js'

interface FullScreenProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Lies over the whole window while what is under it goes on. Escape closes it. */
export function FullScreen({ title, onClose, children }: FullScreenProps) {
  return (
    <ModalOverlay className="full-screen" isOpen onOpenChange={(open) => { if (!open) onClose() }}>
      <Modal className="full-screen-modal">
        <Dialog className="full-screen-dialog">
          <header className="title-bar">
            <div className="title-bar-left"><Mark /><Heading slot="title" level={1} className="strong">{title}</Heading></div>
            <span />
            <div className="title-bar-right"><ThemeButton /><IconButton icon="x" label={t('general.close')} onPress={onClose} /></div>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
