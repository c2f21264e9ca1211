import { memo } from 'react'
import { Button } from 'react-aria-components'
import type { ItemKind } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Menu } from '../../ui/menu.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import type { FlatRow } from './flat.js'
import { countItems, type DeskNode } from './tree.js'

export const kindIcons: Record<ItemKind, IconName> = { text: 'text', image: 'image', audio: 'audio', video: 'film', code: 'code', file: 'file' }

interface DeskRowProps {
  readonly node: DeskNode
  readonly level: number
  readonly place: number
  readonly siblings: number
  readonly isOpen: FlatRow['isOpen']
  /** Pixels from the top of the list. */
  readonly top: number
  readonly isShown: boolean
  /** The list's one stop for the Tab key. */
  readonly isStop: boolean
  /** Pointed at, or with the focus: its menu is there. */
  readonly isActive: boolean
  readonly canMove: boolean
  readonly isDragged: boolean
  readonly drop: 'on' | 'before' | 'after' | null
  readonly onStep: (id: string, key: string) => void
  readonly onRename: (id: string) => void
  readonly onRemove: (node: DeskNode) => void
}

export const DeskRow = memo(function DeskRow({ node, level, place, siblings, isOpen, top, isShown, isStop, isActive, canMove, isDragged, drop, onStep, onRename, onRemove }: DeskRowProps) {
  const { item } = node
  return (
    <div
      role="row" data-key={node.id} aria-label={node.title} aria-level={level} aria-posinset={place} aria-setsize={siblings} aria-selected={isShown} aria-expanded={isOpen ?? undefined} tabIndex={isStop ? 0 : -1}
      className={`tree-row ${item ? '' : `is-folder ${isActive ? 'is-on' : ''}`} ${isDragged ? 'is-dragged' : ''} ${drop ? `drop-${drop}` : ''}`} style={{ insetBlockStart: top }} draggable={canMove}
    >
      <span role="gridcell" className="tree-cell" style={{ paddingInlineStart: (level - 1) * 14 }}>
        {isOpen === null ? <span className="twist-space" /> : <span className="twist-button" data-twist=""><Icon name={isOpen ? 'down' : 'right'} className="twist" /></span>}
        <Icon name={item ? kindIcons[item.kind] : 'folder'} className="tree-icon" />
        <span className="name">{node.title}</span>
        {item && item.openProposals > 0 ? <span className="count" title={t('desk.open-proposals', { count: item.openProposals })}><Icon name="chip" small /><span className="visually-hidden">{t('desk.open-proposals', { count: item.openProposals })}</span></span> : null}
        {item && item.kind === 'text' && item.heads.length > 1 ? <span className="count" title={t('desk.two-heads')}><Icon name="lineage" small /><span className="visually-hidden">{t('desk.two-heads')}</span></span> : null}
        {isActive ? <RowMenu node={node} canMove={canMove} onStep={onStep} onRename={onRename} onRemove={onRemove} /> : null}
        {item ? <ReviewStateMark state={item.state} brief /> : <span className="count number">{countItems(node.children)}</span>}
      </span>
    </div>
  )
})

function RowMenu({ node, canMove, onStep, onRename, onRemove }: Pick<DeskRowProps, 'node' | 'canMove' | 'onStep' | 'onRename' | 'onRemove'>) {
  const steps = canMove ? [
    { id: 'up', name: t('desk.move-up'), icon: 'up' as const, keys: 'Alt ↑', run: () => onStep(node.id, 'ArrowUp') },
    { id: 'down', name: t('desk.move-down'), icon: 'down' as const, keys: 'Alt ↓', run: () => onStep(node.id, 'ArrowDown') },
    { id: 'in', name: t('desk.move-in'), icon: 'right' as const, keys: 'Alt →', run: () => onStep(node.id, 'ArrowRight') },
    ...(node.parent === null ? [] : [{ id: 'out', name: t('desk.move-out'), icon: 'left' as const, keys: 'Alt ←', run: () => onStep(node.id, 'ArrowLeft') }]),
    'rule' as const,
  ] : []
  const entries = [
    { id: 'rename', name: t('general.rename'), icon: 'pen' as const, keys: 'F2', run: () => onRename(node.id) },
    ...steps,
    { id: 'remove', name: t('general.remove'), icon: 'trash' as const, keys: 'Delete', isDanger: true, run: () => onRemove(node) },
  ]
  return (
    <Menu label={t('desk.menu', { title: node.title })} entries={entries} placement="bottom end">
      <Button className="icon-button icon-button-small row-menu" aria-label={t('desk.menu', { title: node.title })}><Icon name="more" small /></Button>
    </Menu>
  )
}
