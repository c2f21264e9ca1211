import type { LineageNode } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import type { IconName } from '../../ui/icon.js'

type Made = Pick<LineageNode, 'by' | 'reason' | 'madeFrom' | 'line' | 'name' | 'factor'>

/** A person is a pen, a model a chip, a file a file, and two heads that became one a fork. */
export function iconOf({ by, reason }: Made): IconName {
  if (reason === 'combined') return 'merge'
  if (by === 'hand') return reason === 'proposal' ? 'chip' : 'pen'
  return by === 'import' ? 'file' : 'chip'
}

export function howOf({ by, reason }: Made): string {
  if (reason === 'combined') return t('lineage.merged')
  if (by === 'import') return t('lineage.brought-in')
  return t(by === 'hand' && reason !== 'proposal' ? 'lineage.by-hand' : 'lineage.with-model')
}

/** What was done, in one line. */
export function lineOf(node: Made): string {
  if (node.name !== null) return t('lineage.named', { name: node.name })
  if (node.factor) return t('lineage.enlarged', { factor: node.factor })
  if (node.by === 'import') return t('recipe.import', { name: node.line })
  if (node.by !== 'hand' && node.line !== '') return `“${node.line}”`
  return t(`reason.${node.reason}`)
}
