import { t } from '../../messages/t.js'
import { useConnection } from '../../studio.js'
import { Icon } from '../../ui/icon.js'
import { useLate } from '../../ui/loading.js'
import './errors.css'

/** Says that core is being restarted. It floats, so that the text under it does not jump. */
export function ConnectionBar() {
  const state = useConnection()
  const late = useLate(state === 'lost', 300)
  if (!late) return null
  return (
    <div className="connection-bar" role="status">
      <Icon name="retry" />
      {t('app.restarting')}
    </div>
  )
}
