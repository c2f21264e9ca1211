import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { t } from '../../messages/t.js'
import { useRemembered } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { showRow, useRowWindow } from '../../ui/use-row-window.js'
import { DeskRow } from './desk-row.js'
import { findTyped, flatten, placeByKey, walk } from './flat.js'
import { parentsOf, placeOf, type DeskNode } from './tree.js'
import { useRowDrag } from './use-row-drag.js'

interface DeskTreeProps {
  readonly tree: readonly DeskNode[]
  /** What is drawn, where a filter leaves some out. */
  readonly rows: readonly DeskNode[]
  readonly isFiltered: boolean
  readonly readOnly: boolean
  readonly shown: string | null
  /** A row that is being named: it is brought into sight, and `onNamed` hears where it stands. */
  readonly named: string | null
  readonly onNamed: (row: Element | null) => void
  /** The row that a person is on: by keys or by pointer. */
  readonly onChosen: (id: string) => void
  readonly onMove: (target: string, folder: string | null, before: string | undefined) => void
  readonly onRename: (id: string) => void
  readonly onRemove: (node: DeskNode) => void
}

/** What scrolls: the places above the tree as well. */
const pane = '.pane-scroll'
/** Folders that a person closed; new ones are open. */
const closedKey = 'desk.closed'
/** Letters that follow each other so closely, in milliseconds, belong to one word. */
const typing = 700
/** A person who walks over rows opens none of them before standing still for so long, in milliseconds. */
const settles = 120

/** The desk's rows as a tree, drawn as far as they are seen. */
export function DeskTree({ tree, rows: nodes, isFiltered, readOnly, shown, named, onNamed, onChosen, onMove, onRename, onRemove }: DeskTreeProps) {
  const list = useRef<HTMLDivElement>(null)
  const [closed, setClosed] = useRemembered<string[]>(closedKey, [])
  const rows = useMemo(() => {
    const shut = new Set(closed)
    return flatten(nodes, (id) => isFiltered || !shut.has(id))
  }, [nodes, closed, isFiltered])
  const places = useMemo(() => new Map(rows.map(({ node }, index) => [node.id, index])), [rows])
  const { first, last, screen, rowHeight } = useRowWindow(list, { pane, count: rows.length })
  const [focused, setFocused] = useState<string | null>(null)
  const [pointed, setPointed] = useState<string | null>(null)
  const typed = useRef({ word: '', at: 0 })
  const walked = useRef(false)
  const opening = useRef<ReturnType<typeof setTimeout> | null>(null)
  const rowOf = (event: { target: EventTarget }) => rows[places.get((event.target as Element).closest('[role="row"]')?.getAttribute('data-key') ?? '') ?? -1] ?? null
  const { dragged, drop, handlers } = useRowDrag({ tree, isDisabled: isFiltered || readOnly, rowOf, onMove })

  // One stop for the Tab key: where the keys were, else what is shown, else the first row. Always drawn, or focus would be lost.
  const stop = [focused, shown].find((id) => id !== null && places.has(id)) ?? rows[0]?.node.id ?? null
  const drawn = new Set(Array.from({ length: Math.max(0, Math.min(last, rows.length - 1) - first + 1) }, (_, index) => first + index))
  for (const id of [stop, named, dragged]) if (id !== null && places.has(id)) drawn.add(places.get(id)!)

  const setOpen = (id: string, isOpen: boolean): void => setClosed(isOpen ? closed.filter((one) => one !== id) : [...closed, id])
  const open = (node: DeskNode): void => { if (node.item) showView({ type: 'item', item: node.id }) }

  function moveByKey(id: string, key: string): boolean {
    const aim = isFiltered || readOnly ? null : placeByKey(rows, places.get(id) ?? -1, key)
    const place = aim && placeOf(tree, id, aim.target, aim.position)
    if (!place) return false
    setFocused(id)
    onMove(id, place.folder, place.before)
    return true
  }

  function go(index: number): void {
    const row = rows[index]
    if (!row || !list.current) return
    walked.current = true
    setFocused(row.node.id)
    showRow(list.current, pane, index, rowHeight)
    if (opening.current !== null) clearTimeout(opening.current)
    opening.current = setTimeout(() => open(row.node), settles)
  }
  // The row that the keys went to is drawn by now, wherever it stands; the one that had focus may be gone.
  const focusRow = useEffectEvent(() => {
    if (focused !== null && walked.current) list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
    walked.current = false
  })
  useLayoutEffect(() => focusRow(), [focused])

  const bringNamed = useEffectEvent(() => {
    const index = named === null ? undefined : places.get(named)
    if (named !== null && index === undefined && !isFiltered) {
      const around = parentsOf(tree, named).filter((id) => closed.includes(id))
      if (around.length > 0) setClosed(closed.filter((id) => !around.includes(id)))
    }
    if (index !== undefined && list.current) showRow(list.current, pane, index, rowHeight)
    onNamed(index === undefined ? null : (list.current?.querySelector(`[data-key="${CSS.escape(named!)}"]`) ?? null))
  })
  useLayoutEffect(() => bringNamed(), [named, places])
  useEffect(() => () => { if (opening.current !== null) clearTimeout(opening.current) }, [])

  function onKeyDown(event: KeyboardEvent): void {
    const row = rowOf(event)
    if (!row || (event.target as Element).getAttribute('role') !== 'row') return
    const at = places.get(row.node.id)!
    if (event.altKey) {
      if (!moveByKey(row.node.id, event.key)) return
    } else if (event.ctrlKey || event.metaKey) return
    else if (event.key === 'F2') onRename(row.node.id)
    else if (event.key === 'Delete') onRemove(row.node)
    else if (event.key === 'Enter') { if (row.isOpen === null) open(row.node); else setOpen(row.node.id, !row.isOpen) }
    else {
      const step = walk(rows, at, event.key, screen)
      if (step && 'to' in step) go(step.to)
      else if (step) setOpen(step.open, step.isOpen)
      else if (event.key.length === 1 && event.key !== ' ') {
        const word = event.timeStamp - typed.current.at < typing ? typed.current.word + event.key : event.key
        typed.current = { word, at: event.timeStamp }
        const to = findTyped(rows, at, word)
        if (to !== null) go(to)
      } else return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  function onClick(event: MouseEvent): void {
    const row = rowOf(event)
    if (!row || (event.target as Element).closest('.row-menu')) return
    setFocused(row.node.id)
    onChosen(row.node.id)
    if (row.isOpen !== null && ((event.target as Element).closest('[data-twist]') || event.detail === 2)) setOpen(row.node.id, !row.isOpen)
    else open(row.node)
  }

  // Rows that pass under a pointer that stands still are not pointed at: each would get its menu while the list scrolls.
  return (
    <div className="desk-tree">
      <div
        ref={list} role="treegrid" aria-label={t('desk.tree')} aria-rowcount={rows.length} className="tree desk-list" style={{ height: rows.length * rowHeight }} {...handlers}
        onKeyDown={onKeyDown} onClick={onClick} onFocus={(event) => { const row = rowOf(event); if (row) { setFocused(row.node.id); onChosen(row.node.id) } }}
        onPointerMove={(event) => { if (event.movementX !== 0 || event.movementY !== 0) setPointed(rowOf(event)?.node.id ?? null) }} onPointerLeave={() => setPointed(null)}
      >
        {[...drawn].sort((a, b) => a - b).map((index) => {
          const { node, level, place, siblings, isOpen } = rows[index]!
          return (
            <DeskRow
              key={node.id} node={node} level={level} place={place} siblings={siblings} isOpen={isOpen} top={index * rowHeight} isShown={node.id === shown} isStop={node.id === stop}
              isActive={node.id === pointed || node.id === focused} canMove={!isFiltered && !readOnly} isDragged={node.id === dragged} drop={drop?.target === node.id ? drop.position : null} onStep={moveByKey} onRename={onRename} onRemove={onRemove}
            />
          )
        })}
      </div>
    </div>
  )
}
