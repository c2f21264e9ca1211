import { t } from '../../messages/t.js'
import { Icon, type IconName } from '../../ui/icon.js'
import type { MergeChange } from './merge-groups.js'

const icons: Readonly<Record<string, IconName>> = { text: 'text', image: 'image', audio: 'audio', video: 'film', code: 'code' }

/** One item that would get something. */
export function MergeRow({ change }: { readonly change: MergeChange }) {
  const brings = [
    change.versions > 0 ? t('merge.versions', { count: change.versions }) : '',
    change.comments > 0 ? t('merge.comments', { count: change.comments }) : '',
    change.decisions > 0 ? t('merge.decisions', { count: change.decisions }) : '',
  ].filter((words) => words !== '')
  return (
    <li className="mrow">
      <span className="mrow-icon"><Icon name={icons[change.kind] ?? 'file'} small /></span>
      <span className="medium truncate">{change.title}</span>
      <span className="secondary number truncate">{brings.length === 0 ? t('merge.names') : brings.join(', ')}</span>
      <span className="mrow-out">{change.secondHead ? t('merge.after') : ''}</span>
    </li>
  )
}

const reasons = ['wrong-hash', 'broken-chain', 'forged-signature', 'other-project', 'missing'] as const

/** One entry that would not come in, and why. */
export function RefusedRow({ what, reason }: { readonly what: string; readonly reason: string }) {
  const known = reasons.find((one) => one === reason) ?? 'wrong-hash'
  return (
    <li className="mrow is-refused">
      <span className="mrow-icon"><Icon name="warn" small /></span>
      <span className="medium mono truncate" title={what}>{what}</span>
      <span className="secondary">{t(`refused.${known}`)}</span>
      <span className="mrow-out">{t(`refused.tag.${known}`)}</span>
    </li>
  )
}
