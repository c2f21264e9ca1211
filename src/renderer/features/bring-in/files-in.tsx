import './bring-in.css'
import { mostUploadBytes, type ErrorRecord, type ProjectSummary } from '../../../contract/index.js'
import { formatSize } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { explainRecord } from '../../problem.js'
import { useDesk } from '../../state/desk.js'
import type { View } from '../../state/route.js'
import { useStore } from '../../state/store.js'
import { Icon } from '../../ui/icon.js'
import { IconButton } from '../../ui/button.js'
import { bringing } from './bring-in.js'
import { useFileDrop } from './use-file-drop.js'

/** More refusals than these are counted only. */
const most = 6

/** The folder that new things go into: that of the item which is shown. */
export function useHere(project: string, view: View): string | null {
  const { items } = useDesk(project)
  const item = view.type === 'item' || view.type === 'lineage' ? view.item : undefined
  return items.find((one) => one.id === item)?.folder ?? null
}

/** Takes files that are dropped or pasted, and says how it goes. */
export function FilesIn({ project, view }: { readonly project: ProjectSummary; readonly view: View }) {
  const over = useFileDrop(project.handle, useHere(project.handle, view), project.readOnly)
  const now = useStore(bringing)
  return (
    <>
      {over ? <div className="drop-over" style={{ left: over.left, top: over.top, width: over.width, height: over.height }}><span className="floating-note"><Icon name="bring-in" />{t('import.drop')}</span></div> : null}
      {now ? (
        <div className="bring-in-note" role={now.refused.length > 0 ? 'alert' : 'status'}>
          <Icon name={now.refused.length > 0 ? 'warn' : 'bring-in'} className={now.refused.length > 0 ? 'warned' : ''} />
          <div className="bring-in-words">
            <p>{now.isRunning ? t('import.running', { done: now.done, all: now.all }) : t('import.done', { count: now.imported.length })}</p>
            {now.isRunning ? <div className="progress"><i style={{ width: `${(now.done / Math.max(1, now.all)) * 100}%` }} /></div> : null}
            {now.refused.length > 0 ? <ul className="small">{now.refused.slice(0, most).map(({ name, error }, index) => <li key={index}>{t('import.refused', { name, why: why(error) })}</li>)}</ul> : null}
          </div>
          {now.isRunning ? null : <IconButton icon="x" small label={t('general.close')} onPress={() => bringing.set(null)} />}
        </div>
      ) : null}
    </>
  )
}

function why(error: ErrorRecord): string {
  return error.code === 'bad-input' && error.data['tooLarge'] === true ? t('import.too-large', { size: formatSize(mostUploadBytes) }) : explainRecord(error).sentence
}
