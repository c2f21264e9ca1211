import { useState } from 'react'
import { Dialog, Input, Popover, TextField } from 'react-aria-components'
import { t } from '../../messages/t.js'

interface RenameFieldProps {
  readonly row: Element
  readonly title: string
  /** The title to keep, or null; and whether Enter said so, after which the next key belongs to the work. */
  readonly onDone: (title: string | null, byEnter: boolean) => void
}

/**
 * A field laid over a row. It stands outside the tree, which would take arrow keys and letters for itself. Enter and a
 * press elsewhere keep the title, Escape does not.
 */
export function RenameField({ row, title, onDone }: RenameFieldProps) {
  const [value, setValue] = useState(title)
  const width = row.getBoundingClientRect().width
  const keep = (byEnter: boolean): void => onDone(value.trim() === '' || value.trim() === title ? null : value.trim(), byEnter)
  return (
    <Popover
      isOpen
      triggerRef={{ current: row }}
      placement="bottom start"
      offset={-row.getBoundingClientRect().height}
      onOpenChange={(open) => {
        if (!open) keep(false)
      }}
    >
      <Dialog aria-label={t('general.rename')} className="rename" style={{ width }}>
        <TextField aria-label={t('desk.title-field')} value={value} onChange={setValue} autoFocus maxLength={300}>
          <Input
            className="input"
            spellCheck={false}
            autoComplete="off"
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                event.preventDefault()
                keep(true)
              }
              if (event.key === 'Escape') {
                event.preventDefault()
                event.stopPropagation()
                onDone(null, false)
              }
            }}
          />
        </TextField>
      </Dialog>
    </Popover>
  )
}
