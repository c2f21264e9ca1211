import { useQuery } from '@tanstack/react-query'
import { t } from '../../../messages/t.js'
import { studio } from '../../../studio.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { joinRuns, originShares, type Origin } from './origin-share.js'

const order: readonly Origin[] = ['typed', 'model-edited', 'model', 'pasted']
const drawn: Record<Origin, string> = { typed: 'run-typed', 'model-edited': 'run-model-edited', model: 'run-from-model', pasted: 'run-from-paste' }

/** Whose words a text holds: line styles, never colours. */
export function OriginRecord({ project, version, words }: { readonly project: string; readonly version: string; readonly words: number }) {
  const text = useQuery(studio.items.versionText.queryOptions({ input: { project, version } }))
  if (text.error)
    return (
      <div className="pane-section">
        <ErrorNotice error={text.error} steps={{ 'try-again': () => void text.refetch() }} />
      </div>
    )
  if (!text.data || text.data.origin.length === 0) return null
  const shares = originShares(text.data.origin)
  return (
    <div className="pane-section">
      <h2 className="pane-head">
        {t('about.words')}
        <span className="more number">{t('versions.words', { count: words })}</span>
      </h2>
      <div
        className="runstrip"
        role="img"
        aria-label={t('about.strip', { typed: shares.typed, pasted: shares.pasted, model: shares.model, edited: shares['model-edited'] })}
      >
        {joinRuns(text.data.origin).map((run, index) => (
          <i key={index} className={drawn[run.origin]} style={{ flex: run.to - run.from }} />
        ))}
      </div>
      <div className="totals small">
        {order
          .filter((origin) => shares[origin] > 0)
          .map((origin) => (
            <div className="total" key={origin}>
              <span className="swatch">
                <i className={drawn[origin]} />
              </span>
              <span>{t(origin === 'model' ? 'about.from-model' : `about.${origin}`)}</span>
              <span className="number">{t('about.share', { percent: shares[origin] })}</span>
            </div>
          ))}
      </div>
    </div>
  )
}
