import type { ErrorRecord } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { explainRecord } from '../../problem.js'
import { quietMs } from '../../state/quiet.js'
import { useStore } from '../../state/store.js'
import { Button, IconButton } from '../../ui/button.js'
import { Icon } from '../../ui/icon.js'
import { useJob, useSince } from '../queue/use-job.js'
import { WorkProgress } from '../queue/work-progress.js'
import { bringIn, bringing, cancelBringing, type Bringing } from './bring-in.js'

/** More refusals than these are counted only. */
const most = 6
/** Names of files that did not get their turn, before they are counted only. */
const mostNames = 3

/** How bringing in goes, once it takes longer than a moment, and how it came out. */
export function BringInNote({ project, folder }: { readonly project: string; readonly folder: string | null }) {
  const now = useStore(bringing)
  const isLong = useSince(now?.startedAt ?? null, quietMs)
  if (!now || (now.isRunning && !isLong)) return null
  const isTrouble = now.refused.length + now.missing.length > 0
  return (
    <div className="bring-in-note" role={now.isRunning ? 'group' : isTrouble ? 'alert' : 'status'} aria-label={now.isRunning ? t('import.starting', { all: now.all }) : undefined}>
      <Icon name={isTrouble ? 'warn' : 'bring-in'} className={isTrouble ? 'warned' : ''} />
      <div className="bring-in-words">
        {now.isRunning ? <Running now={now} /> : <p>{t('import.done', { count: now.imported.length })}</p>}
        <Refused refused={now.refused} />
        {now.missing.length > 0 ? <p className="small">{t('import.missing', { count: now.missing.length, names: namesOf(now.missing) })}</p> : null}
        {!now.isRunning && now.rest.length > 0 ? (
          <div><Button size="small" onPress={() => {
            bringing.set(null)
            void bringIn(now.rest, { project, folder })
          }}>{t('import.rest')}</Button></div>
        ) : null}
      </div>
      {now.isRunning ? null : <IconButton icon="x" small label={t('general.close')} onPress={() => bringing.set(null)} />}
    </div>
  )
}

function Running({ now }: { readonly now: Bringing }) {
  const view = useJob(now.job)
  const words = t('import.starting', { all: now.all })
  return (
    <>
      <p>{words}</p>
      <WorkProgress words={words} share={view?.share ?? now.share} step={view?.waits ?? view?.step ?? 'bringing-in'} msLeft={view ? view.msLeft : now.msLeft} />
      <div><Button size="small" look="quiet" onPress={cancelBringing}>{t('import.cancel')}</Button></div>
    </>
  )
}

function Refused({ refused }: { readonly refused: Bringing['refused'] }) {
  if (refused.length === 0) return null
  return (
    <ul className="small">
      {refused.slice(0, most).map(({ name, error }, index) => <li key={index}>{refusal(name, why(error))}</li>)}
      {refused.length > most ? <li>{t('import.more', { count: refused.length - most })}</li> : null}
    </ul>
  )
}

/** Most sentences begin with the name of the file. */
const refusal = (name: string, sentence: string): string => (name === '' || sentence.startsWith(name) ? sentence : t('import.refused', { name, why: sentence }))

const why = (error: ErrorRecord): string => explainRecord(error).sentence

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => name.split(/[\\/]/).at(-1) ?? name)
  return [...shown, ...(names.length > mostNames ? [t('import.more', { count: names.length - mostNames })] : [])].join(', ')
}
