import type { Enlargement } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Tick } from '../../../ui/tick.js'
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
  return <Tick label={t('enlarge.also', to)} hint={t('enlarge.also-hint')} isSelected={isSelected} onChange={onChange} />
}
