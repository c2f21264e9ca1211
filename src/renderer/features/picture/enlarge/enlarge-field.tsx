import { Checkbox } from 'react-aria-components'
import type { Enlargement } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'
import { enlargedSize } from './enlarged-size.js'

interface EnlargeFieldProps {
  readonly isSelected: boolean
  readonly enlargement: Enlargement
  /** Size that the pictures are made at. */
  readonly size: { readonly width: number; readonly height: number }
  readonly onChange: (enlarge: boolean) => void
}

/** Asks for each picture at the larger size as well. */
export function EnlargeField({ isSelected, enlargement, size, onChange }: EnlargeFieldProps) {
  const to = enlargedSize(size, enlargement)
  if (!to) return null
  return (
    <Checkbox className="tick enlarge-field" isSelected={isSelected} onChange={onChange}>
      <span className="tick-box" aria-hidden="true"><Icon name="check" small /></span>
      <span>{t('enlarge.also', to)}<span className="hint">{t('enlarge.also-hint')}</span></span>
    </Checkbox>
  )
}
