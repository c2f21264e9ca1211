import { Button, Collection, TreeItem, TreeItemContent } from 'react-aria-components'
import type { ItemKind } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Menu } from '../../ui/menu.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { countItems, type DeskNode } from './tree.js'

export const kindIcons: Record<ItemKind, IconName> = { text: 'text', image: 'image', audio: 'audio', video: 'film', code: 'code', file: 'file' }

interface DeskRowProps {
  readonly node: DeskNode
  readonly isShown: (id: string) => boolean
  readonly onRename: (id: string) => void
  readonly onRemove: (node: DeskNode) => void
}

export function DeskRow({ node, isShown, onRename, onRemove }: DeskRowProps) {
  const { item } = node
  const entries = [
    { id: 'rename', name: t('general.rename'), icon: 'pen' as const, keys: 'F2', run: () => onRename(node.id) },
    { id: 'remove', name: t('general.remove'), icon: 'trash' as const, keys: 'Delete', isDanger: true, run: () => onRemove(node) },
  ]
  return (
    <TreeItem
      id={node.id} textValue={node.title} hasChildItems={item === null && node.children.length > 0} aria-label={node.title}
      className={`tree-row ${item ? '' : 'folder'} ${isShown(node.id) ? 'is-shown' : ''}`}
    >
      <TreeItemContent>
        {({ level, isExpanded }) => (
          <span className="tree-cell" style={{ paddingInlineStart: (level - 1) * 14 }}>
            {item || node.children.length === 0 ? <span className="twist-space" /> : (
              <Button slot="chevron" className="twist-button"><Icon name={isExpanded ? 'down' : 'right'} className="twist" /></Button>
            )}
            <Button slot="drag" className="drag-handle"><Icon name="grip" small /></Button>
            <Icon name={item ? kindIcons[item.kind] : 'folder'} className="tree-icon" />
            <span className="name">{node.title}</span>
            {item && item.openProposals > 0 ? <span className="count" title={t('desk.open-proposals', { count: item.openProposals })}><Icon name="chip" small /><span className="visually-hidden">{t('desk.open-proposals', { count: item.openProposals })}</span></span> : null}
            {item && item.kind === 'text' && item.heads.length > 1 ? <span className="count" title={t('desk.two-heads')}><Icon name="lineage" small /><span className="visually-hidden">{t('desk.two-heads')}</span></span> : null}
            <Menu label={t('desk.menu', { title: node.title })} entries={entries} placement="bottom end">
              <Button className="icon-button icon-button-small row-menu" aria-label={t('desk.menu', { title: node.title })}><Icon name="more" small /></Button>
            </Menu>
            {item ? <ReviewStateMark state={item.state} brief /> : <span className="count number">{countItems(node.children)}</span>}
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.children}>
        {(child) => <DeskRow node={child} isShown={isShown} onRename={onRename} onRemove={onRemove} />}
      </Collection>
    </TreeItem>
  )
}
