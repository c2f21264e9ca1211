import { ToggleButton } from 'react-aria-components'
import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Icon } from '../../../ui/icon.js'
import { Keys } from '../../../ui/keys.js'
import { usePick } from '../use-pick.js'
import { useSingleKeys } from '../../workspace/use-single-keys.js'

/** Keeps the picture on the table, or sets it aside. Neither removes anything; undo takes it back. */
export function PickBar({ project, version }: { readonly project: string; readonly version: VersionSummary }) {
  const { pick, error, forgetError } = usePick(project)
  const keep = (): void => pick([version.id], true)
  const setAside = (): void => pick([version.id], false)
  useSingleKeys({ k: keep, x: setAside }, 'work')
  return (
    <div className="floating-bar">
      {error ? <ErrorNotice error={error} onClose={forgetError} /> : null}
      <div className="row">
        <ToggleButton className="button button-small button-quiet pick-keep" isSelected={version.picked === true} onChange={keep}><Icon name="check" small />{t('picture.keep')}<Keys keys="K" /></ToggleButton>
        <span className="divider" />
        <ToggleButton className="button button-small button-quiet pick-aside" isSelected={version.picked === false} onChange={setAside}><Icon name="x" small />{t('picture.set-aside')}<Keys keys="X" /></ToggleButton>
      </div>
    </div>
  )
}
