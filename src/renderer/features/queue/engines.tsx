import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatSize } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Meter } from '../../ui/progress.js'
import { Icon } from '../../ui/icon.js'

function useEngines() {
  return useQuery({ ...studio.system.engines.queryOptions(), placeholderData: keepPreviousData }).data
}

/** What the loaded models use of the memory that may be used. */
export function MemoryMeter() {
  const engines = useEngines()
  if (!engines || engines.memory.allowed <= 0) return null
  const { used, allowed } = engines.memory
  return (
    <span className="number" title={t('queue.memory-title')}>
      {t('queue.memory')} <Meter label={t('queue.memory-title')} value={used} most={allowed} />{' '}
      {t('queue.memory-of', { used: formatSize(used), allowed: formatSize(allowed) })}
    </span>
  )
}

/** An engine that was lost, where its jobs stand. */
export function EngineNotes() {
  const engines = useEngines()
  const troubled = engines?.engines.filter((engine) => engine.state === 'restarting' || engine.state === 'failed') ?? []
  if (troubled.length === 0) return null
  return (
    <ul className="engine-notes">
      {troubled.map((engine) => (
        <li key={engine.role} role="status">
          <Icon name={engine.state === 'failed' ? 'warn' : 'retry'} className={engine.state === 'failed' ? 'danger' : 'warned'} />
          <span>{t(engine.state === 'failed' ? 'engine.failed' : 'engine.restarting', { role: engine.role })}</span>
          {engine.detail ? <span className="faint truncate">{engine.detail}</span> : null}
        </li>
      ))}
    </ul>
  )
}
