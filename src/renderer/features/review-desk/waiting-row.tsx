import { Button as AriaButton } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Icon } from '../../ui/icon.js'
import { useWaiting } from './use-waiting.js'

/** "Waiting for me" among the places of the desk, with how much it is. */
export function WaitingRow({ project, isShown }: { readonly project: string; readonly isShown: boolean }) {
  const { waiting } = useWaiting(project)
  return (
    <AriaButton className="tree-row" aria-current={isShown ? 'page' : undefined} onPress={() => showView({ type: 'review' })}>
      <Icon name="inbox" /><span className="name">{t('waiting.name')}</span>
      {waiting.length > 0 ? <span className="count" aria-label={t('waiting.count', { count: waiting.length })}>{waiting.length}</span> : null}
    </AriaButton>
  )
}
