import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { t } from '../messages/t.js'
import { IconButton } from './button.js'

interface DialogProps {
  readonly title: string
  readonly isOpen?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the foot, the filled one last. */
  readonly foot?: ReactNode
  readonly wide?: boolean
  /** With it, the dialog is a form: Enter in a field does what the filled button does. */
  readonly onSubmit?: () => void
}

/** A decision that has to be made before going on. Escape and a press beside it close it. */
export function Dialog({ title, isOpen = true, onClose, children, foot, wide = false, onSubmit }: DialogProps) {
  const inside = (
    <>
      <div className="dialog-body">{children}</div>
      {foot ? <div className="dialog-foot">{foot}</div> : null}
    </>
  )
  return (
    <ModalOverlay className="scrim" isOpen={isOpen} isDismissable onOpenChange={(open) => { if (!open) onClose() }}>
      <Modal>
        <AriaDialog className={`dialog ${wide ? 'dialog-wide' : ''}`}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>{title}</Heading>
            <span className="push"><IconButton icon="x" label={t('general.close')} onPress={onClose} /></span>
          </div>
          {onSubmit ? <form onSubmit={(event) => { event.preventDefault(); onSubmit() }}>{inside}</form> : inside}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
