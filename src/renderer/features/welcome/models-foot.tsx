import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { formatSize } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { overlay } from '../../state/overlay.js'
import { studio } from '../../studio.js'
import { Icon } from '../../ui/icon.js'

export function ModelsFoot() {
  const models = useQuery(studio.models.list.queryOptions())
  const ready = models.data?.filter((model) => model.path !== null && model.problem === null) ?? []
  return (
    <footer className="queue">
      <div className="queue-strip">
        {models.data ? (
          <span>
            <Icon name="models" />
            {t('welcome.ready', { count: ready.length })}
          </span>
        ) : null}
        {ready.length ? (
          <span className="number">{t('welcome.on-disk', { size: formatSize(ready.reduce((sum, model) => sum + model.fileSize, 0)) })}</span>
        ) : null}
        <Button className="link foot-link" onPress={() => overlay.set('models')}>
          {t('welcome.library')}
        </Button>
        <span className="gap" />
        <span>
          <Icon name="offline" />
          {t('app.leaves-nothing')}
        </span>
      </div>
    </footer>
  )
}
