import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'

interface LineageFootProps {
  readonly shown?: number
  readonly total: number
  readonly rows?: string
}

/** What the lines and icons mean. */
export function LineageFoot({ shown, total, rows }: LineageFootProps) {
  return (
    <div className="status-line lineage-foot">
      {shown === undefined ? null : (
        <>
          <span className="row"><svg width="22" height="8" aria-hidden="true"><path className="key-line" d="M0 4H22" /></svg>{t('lineage.made-from')}</span>
          <span className="row"><svg width="22" height="8" aria-hidden="true"><path className="key-line read" d="M0 4H22" /></svg>{t('lineage.read')}</span>
        </>
      )}
      <span className="row"><Icon name="pen" small />{t('lineage.by-hand')}</span>
      <span className="row"><Icon name="chip" small />{t('lineage.with-model')}</span>
      <span className="row"><Icon name="merge" small />{t('lineage.merged')}</span>
      <span className="gap" />
      <span className="number">{rows ?? (shown !== undefined && shown < total ? t('lineage.shown-of', { shown, all: total }) : t('lineage.count', { count: total }))}</span>
    </div>
  )
}
