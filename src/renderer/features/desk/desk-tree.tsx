import type { KeyboardEvent } from 'react'
import { Tree, useDragAndDrop, type Key } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { useRemembered } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { DeskRow } from './desk-row.js'
import { findNode, placeOf, type DeskNode } from './tree.js'

interface DeskTreeProps {
  readonly tree: readonly DeskNode[]
  /** What is drawn, where a filter leaves some out. */
  readonly rows: readonly DeskNode[]
  readonly isFiltered: boolean
  readonly shown: string | null
  readonly onMove: (target: string, folder: string | null, before: string | undefined) => void
  readonly onRename: (id: string) => void
  readonly onRemove: (node: DeskNode) => void
}

/** Folders that a person closed; new ones are open. */
const closedKey = 'desk.closed'

function folderIds(nodes: readonly DeskNode[]): string[] {
  return nodes.flatMap((node) => (node.item ? [] : [node.id, ...folderIds(node.children)]))
}

export function DeskTree({ tree, rows, isFiltered, shown, onMove, onRename, onRemove }: DeskTreeProps) {
  const [closed, setClosed] = useRemembered<string[]>(closedKey, [])
  const folders = folderIds(tree)
  const expanded = folders.filter((id) => isFiltered || !closed.includes(id))

  const { dragAndDropHooks } = useDragAndDrop<DeskNode>({
    isDisabled: isFiltered,
    getItems: (keys: Set<Key>) => [...keys].map((key) => ({ 'galley-row': String(key), 'text/plain': findNode(tree, String(key))?.title ?? '' })),
    acceptedDragTypes: ['galley-row'],
    getDropOperation: () => 'move',
    shouldAcceptItemDrop: (target) => findNode(tree, String(target.key))?.item === null,
    onMove: ({ keys, target }) => {
      for (const key of keys) {
        const place = placeOf(tree, String(key), String(target.key), target.dropPosition)
        if (place) onMove(String(key), place.folder, place.before)
      }
    },
  })

  function onKeyDown(event: KeyboardEvent): void {
    const id = (event.target as Element).closest('[role="row"]')?.getAttribute('data-key')
    const node = id ? findNode(tree, id) : null
    if (!node) return
    if (event.key === 'F2') { event.preventDefault(); onRename(node.id) }
    if (event.key === 'Delete') { event.preventDefault(); onRemove(node) }
  }

  return (
    <div onKeyDown={onKeyDown} className="desk-tree">
      <Tree
        aria-label={t('desk.tree')} className="tree" items={rows} selectionMode="single" selectionBehavior="replace" selectedKeys={shown ? [shown] : []}
        expandedKeys={expanded} onExpandedChange={(keys) => setClosed(folders.filter((id) => !keys.has(id)))}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (key !== undefined && findNode(tree, String(key))?.item) showView({ type: 'item', item: String(key) })
        }}
        onAction={(key) => { if (findNode(tree, String(key))?.item) showView({ type: 'item', item: String(key) }) }}
        dragAndDropHooks={dragAndDropHooks}
      >
        {(node) => <DeskRow node={node} isShown={(id) => id === shown} onRename={onRename} onRemove={onRemove} />}
      </Tree>
    </div>
  )
}
