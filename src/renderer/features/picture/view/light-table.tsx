import { useEffect, useEffectEvent, useMemo, useState, type PointerEvent, type ReactNode } from 'react'
import { previewUrl, type ItemSummary, type ProjectSummary } from '../../../../contract/index.js'
import { formatNumber } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { currentThread } from '../../../state/review.js'
import { useStore } from '../../../state/store.js'
import { useThreads } from '../../../state/threads.js'
import { EmptyState } from '../../../ui/empty-state.js'
import { Button, IconButton } from '../../../ui/button.js'
import { middle, type Region } from '../region.js'
import { RegionCard } from '../region-card.js'
import { RegionComposer } from '../region-composer.js'
import { RegionDrawing } from '../region-drawing.js'
import { RegionPins, threadsOn } from '../region-pins.js'
import type { Shown } from '../use-shown.js'
import { PickBar } from './pick-bar.js'
import { Print } from './print.js'
import { Tools, type Tool } from './tools.js'
import { useTable } from './use-table.js'
import { altOf } from './words.js'
import { useSingleKeys } from '../../workspace/use-single-keys.js'

interface LightTableProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly shown: Shown
  readonly empty: ReactNode
}

const stepIn = 1.25

/** One picture to look at closely: larger, smaller, moved about, commented on by region. */
export function LightTable({ project, item, shown, empty }: LightTableProps) {
  const { version, output, versions } = shown
  const [tool, setTool] = useState<Tool>('select')
  const [region, setRegion] = useState<Region | null>(null)
  const [isPlaced, setPlaced] = useState(false)
  const [hasSpace, setSpace] = useState(false)
  const content = version?.content.type === 'blob' && !version.removed ? version.content : null
  const [coming, setComing] = useState({ width: 512, height: 512 })
  const size = content ? { width: content.width ?? 512, height: content.height ?? 512 } : coming
  const { ref, ...table } = useTable(size)
  const all = useThreads(project.handle, item.id)
  const threads = useMemo(() => (version ? threadsOn(version, all) : []), [version, all])
  const current = useStore(currentThread)
  const open = threads.find((thread) => thread.id === current?.thread)
  const canComment = content !== null && !project.readOnly

  // A thread that was chosen in the list leads to the version that it is on.
  const chosen = current?.from === 'list' ? all.find((thread) => thread.id === current.thread) : undefined
  const follow = useEffectEvent(() => {
    if (chosen?.anchor.type === 'region' && version && !threads.some((thread) => thread.id === chosen.id)) shown.show(chosen.version)
  })
  const chosenId = chosen?.id
  useEffect(() => follow(), [chosenId])

  function take(next: Tool): void {
    setTool(next)
    setPlaced(false)
    setRegion(next === 'region' ? middle : null)
  }
  const leave = (): void => { take('select'); ref.current?.focus() }
  const neighbour = (step: number): void => {
    const next = versions[versions.findIndex((one) => one.id === version?.id) + step]
    if (next) shown.show(next.id)
  }
  const isFitted = table.place.scale === 'fit'
  const arrow = (x: number, y: number) => (): void => { if (isFitted) { if (x !== 0) neighbour(x) } else table.move(-x * 48, -y * 48) }

  useSingleKeys({
    v: () => take('select'), h: () => take('move'), ...(canComment ? { r: () => take('region') } : {}),
    '0': table.fit, '1': table.full, '+': () => table.zoom(stepIn), '=': () => table.zoom(stepIn), '-': () => table.zoom(1 / stepIn),
    ...(tool === 'select' ? {} : { escape: leave }),
  }, 'work')

  const movesView = tool === 'move' || hasSpace
  function onPointerDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('button, .tools, .comment-card, .floating-bar')) return
    ref.current?.focus()
    if (event.button === 1 || (event.button === 0 && (movesView || !isFitted))) table.grab(event)
  }

  const shownWidth = size.width * table.scale
  const label = version ? t('picture.table', { title: item.title, number: version.ordinal }) : t('picture.table-making', { title: item.title })
  return (
    <div
      ref={ref} className={`light-table ${movesView ? 'moves-view' : ''} ${table.isGrabbed ? 'is-grabbed' : ''}`} tabIndex={0} role="group" aria-label={label} onPointerDown={onPointerDown}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        const move = { ArrowLeft: arrow(-1, 0), ArrowRight: arrow(1, 0), ArrowUp: arrow(0, -1), ArrowDown: arrow(0, 1) }[event.key]
        if (move) { event.preventDefault(); move() }
        if (event.key === ' ') { event.preventDefault(); setSpace(true) }
      }}
      onKeyUp={(event) => { if (event.key === ' ') setSpace(false) }} onBlur={() => setSpace(false)}
    >
      {version && content ? (
        <Print project={project.handle} hash={content.hash} alt={altOf(item.title, version)} width={shownWidth} height={size.height * table.scale} x={table.place.x} y={table.place.y} isEnlarged={table.scale >= 3 && !isFitted}>
          <RegionPins threads={threads} width={shownWidth} height={size.height * table.scale} />
          {tool === 'region' && region ? <RegionDrawing region={region} isPlaced={isPlaced} onChange={(next) => { setRegion(next); setPlaced(false) }} onPlace={() => setPlaced(true)} onLeave={leave} /> : null}
        </Print>
      ) : null}
      {version?.removed ? <EmptyState title={t('picture.gone')} /> : null}
      {output ? (
        <div className="print print-making" style={{ width: shownWidth, height: size.height * table.scale }}>
          {output.preview === null ? null : <img src={previewUrl(output.job, output.output, output.preview)} alt={t('picture.preview-of', { number: output.output + 1 })} onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setComing((before) => (before.width === width && before.height === height ? before : { width, height }))} />}
          <span className="print-progress" style={{ width: `${Math.round((output.share ?? 0) * 100)}%` }} />
        </div>
      ) : null}
      {!version && !output ? empty : null}
      {version || output ? <Tools tool={tool} canComment={canComment} onChange={take} /> : null}
      {isPlaced && region && version ? <RegionComposer project={project.handle} version={version} region={region} onDone={leave} /> : open ? <RegionCard project={project.handle} thread={open} /> : null}
      {tool === 'region' && !isPlaced ? <p className="floating-bar small secondary" role="status">{t('picture.region-hint')}</p> : version && content && !project.readOnly ? <PickBar project={project.handle} version={version} /> : null}
      {version || output ? (
        <div className="hud row">
          <IconButton small icon="zoom-out" label={t('picture.zoom-out')} keys="-" onPress={() => table.zoom(1 / stepIn)} />
          <Button size="small" look="quiet" aria-label={t('picture.zoom', { percent: Math.round(table.scale * 100) })} onPress={table.full}>{`${formatNumber(table.scale * 100)}%`}</Button>
          <IconButton small icon="zoom-in" label={t('picture.zoom-in')} keys="+" onPress={() => table.zoom(stepIn)} />
          <IconButton small icon="fit" label={t('picture.fit')} keys="0" onPress={table.fit} />
        </div>
      ) : null}
    </div>
  )
}
