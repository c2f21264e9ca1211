import { FileTrigger } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { IconButton } from '../../ui/button.js'
import { bringIn } from './bring-in.js'

interface BringInButtonProps {
  readonly project: string
  readonly folder: string | null
  readonly isDisabled: boolean
}

/** Chooses files to bring in: pictures, texts, and whatever else is kept as it is. */
export function BringInButton({ project, folder, isDisabled }: BringInButtonProps) {
  return (
    <FileTrigger allowsMultiple onSelect={(files) => { if (files) void bringIn([...files], { project, folder }) }}>
      <IconButton icon="bring-in" label={t('desk.bring-in')} isDisabled={isDisabled} />
    </FileTrigger>
  )
}
