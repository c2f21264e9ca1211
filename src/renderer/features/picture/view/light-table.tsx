import { useEffect, useEffectEvent, useMemo, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode } from 'react'
import type { ItemSummary, ProjectSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { remember } from '../../../state/layout.js'
import { currentThread } from '../../../state/review.js'
import { useStore } from '../../../state/store.js'
import { useThreads } from '../../../state/threads.js'
import { EmptyState } from '../../../ui/empty-state.js'
import { CropBar } from '../crop/crop-bar.js'
import { CropFrame } from '../crop/crop-frame.js'
import { seenSize } from '../crop/crop-state.js'
import { useCrop } from '../crop/use-crop.js'
import { usePictureWish } from '../make/wish.js'
import { useCapabilities } from '../make/use-picture-models.js'
import { MaskBar } from '../mask/mask-bar.js'
import { MaskLayer } from '../mask/mask-layer.js'
import { nextBrush, redoAct, undoAct, useMask } from '../mask/mask-state.js'
import { wantsBrush } from '../mask/tool-wish.js'
import { middle, type Region } from '../region.js'
import { RegionCard } from '../region-card.js'
import { RegionComposer } from '../region-composer.js'
import { RegionDrawing } from '../region-drawing.js'
import { RegionPins } from '../region-pins.js'
import { threadsOn } from '../region-threads.js'
import { hasClearBackground } from '../shown-source.js'
import type { Shown } from '../use-shown.js'
import { ComingPrint } from './coming-print.js'
import { Hud, stepIn } from './hud.js'
import { PickBar } from './pick-bar.js'
import { Print } from './print.js'
import { Tools, type Tool } from './tools.js'
import { useSpace } from './use-space.js'
import { useTable } from './use-table.js'
import { altOf } from './words.js'
import { useSingleKeys } from '../../workspace/use-single-keys.js'

interface LightTableProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly shown: Shown
  readonly empty: ReactNode
}

/** Brings the inspector's *Make* to the front. */
const showMake = (): void => {
  remember('pane.inspector.shown', true)
  remember('inspector.tab', 'make')
}

/** What floats on the table and takes presses for itself. */
const floating = 'button, .tools, .hud, .comment-card, .floating-bar'

/** One picture to look at closely: larger, smaller, moved about, cropped, commented on by region. */
export function LightTable({ project, item, shown, empty }: LightTableProps) {
  const { version, output, versions } = shown
  const [tool, setTool] = useState<Tool>('select')
  const [region, setRegion] = useState<Region | null>(null)
  const [isPlaced, setPlaced] = useState(false)
  const [coming, setComing] = useState({ width: 512, height: 512 })
  const content = version?.content.type === 'blob' && !version.removed ? version.content : null
  const size = content ? { width: content.width ?? 512, height: content.height ?? 512 } : coming
  const crop = useCrop(project.handle, version?.id ?? null, (made) => { leave(); shown.show(made) })
  const seen = crop.state ? seenSize(crop.state) : size
  const { ref, ...table } = useTable(seen)
  const hasSpace = useSpace(ref)
  const all = useThreads(project.handle, item.id)
  const threads = useMemo(() => (version ? threadsOn(version, all, versions) : []), [version, all, versions])
  const current = useStore(currentThread)
  const open = threads.find((thread) => thread.id === current?.thread)
  const canEdit = content !== null && !project.readOnly
  const [wish, changeWish] = usePictureWish(item.id)
  const isMasking = canEdit && version !== null && (tool === 'brush' || tool === 'eraser')
  const can = useCapabilities(wish.model, { enabled: isMasking })
  const mask = useMask(version?.id)
  const mostBrush = Math.max(8, Math.round(Math.min(size.width, size.height) / 2))
  const [brush, setBrush] = useState<number | null>(null)
  const brushSize = Math.min(mostBrush, brush ?? Math.max(4, Math.round(mostBrush / 4)))

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
    if (next === 'crop') crop.begin(size)
    else crop.leave()
  }
  function leave(): void {
    take('select')
    ref.current?.focus()
  }
  // What was set for one picture is not meant for another.
  const drop = useEffectEvent(() => { if (tool !== 'select' && tool !== 'move') take('select') })
  const shownId = version?.id
  useEffect(() => drop(), [shownId])

  const asked = useStore(wantsBrush)
  const pickUp = useEffectEvent(() => {
    if (asked !== item.id || !canEdit) return
    wantsBrush.set(null)
    take('brush')
  })
  useEffect(() => pickUp(), [asked, canEdit])
  /** What was painted is meant for the next picture. */
  function startFromHere(): void {
    // On a clear background a part with one of its own would be a white box.
    if (version && wish.image?.version !== version.id) changeWish({ image: { version: version.id, strength: 1 }, ...(hasClearBackground(version, versions) ? { transparent: true } : {}) })
    showMake()
  }

  const showAt = (index: number): void => {
    const next = versions[Math.max(0, Math.min(versions.length - 1, index))]
    if (next && next.id !== version?.id) shown.show(next.id)
  }
  const now = versions.findIndex((one) => one.id === version?.id)
  const isFitted = table.place.scale === 'fit'
  const arrow = (x: number, y: number) => (): void => { if (!isFitted) table.move(-x * 48, -y * 48); else if (x !== 0) showAt(now + x) }

  useSingleKeys({
    v: () => take('select'), h: () => take('move'), ...(canEdit ? { r: () => take('region'), c: () => take('crop'), b: () => take('brush'), e: () => take('eraser') } : {}),
    ...(isMasking ? { '[': () => setBrush(nextBrush(brushSize, false, mostBrush)), ']': () => setBrush(nextBrush(brushSize, true, mostBrush)) } : {}),
    '0': table.fit, '1': table.full, '+': () => table.zoom(stepIn), '=': () => table.zoom(stepIn), '-': () => table.zoom(1 / stepIn),
    ...(tool === 'move' || tool === 'region' ? { escape: leave } : {}),
  }, 'work')

  const movesView = tool === 'move' || hasSpace
  function onPointerDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest(floating)) return
    ref.current?.focus()
    if (event.button === 1 || (event.button === 0 && (movesView || !isFitted))) table.grab(event)
  }
  function onDoubleClick(event: MouseEvent): void {
    if ((tool !== 'select' && tool !== 'move') || (event.target instanceof Element && event.target.closest(floating))) return
    table.toggle(event)
  }
  function onKeyDown(event: KeyboardEvent): void {
    // Popovers of the bar are in the tree as well: what they close themselves they do not pass on.
    if (event.key === 'Escape' && (tool === 'crop' || isMasking)) return leave()
    if (isMasking && version && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault()
      event.stopPropagation()
      return event.shiftKey ? redoAct(version.id) : undoAct(version.id)
    }
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && tool === 'crop') return crop.apply()
    const moves = {
      ArrowLeft: arrow(-1, 0), ArrowRight: arrow(1, 0), ArrowUp: arrow(0, -1), ArrowDown: arrow(0, 1), PageUp: () => showAt(now - 1), PageDown: () => showAt(now + 1), Home: () => showAt(0), End: () => showAt(versions.length - 1),
    }
    const move = tool === 'crop' ? undefined : moves[event.key as keyof typeof moves]
    if (!move) return
    event.preventDefault()
    move()
  }
  /** From Keep and Set aside one goes on to the next picture, too. Those buttons keep their keys to themselves, so it is heard before them. */
  function onPickKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }[event.key]
    if (step === undefined || !(event.target instanceof Element) || !event.target.closest('.pick-keep, .pick-aside')) return
    event.preventDefault()
    event.stopPropagation()
    showAt(now + step)
  }
  function place(): void {
    if (isPlaced) ref.current?.querySelector<HTMLElement>('.region-composer textarea')?.focus()
    setPlaced(true)
  }

  const [shownWidth, shownHeight] = [seen.width * table.scale, seen.height * table.scale]
  const label = version ? t('picture.table', { title: item.title, number: version.ordinal }) : t('picture.table-making', { title: item.title })
  const look = [movesView ? 'moves-view' : '', table.isGrabbed ? 'is-grabbed' : '', isFitted ? '' : 'is-zoomed', crop.state ? 'is-cropping' : '', isMasking ? 'is-masking' : ''].join(' ')
  return (
    <div ref={ref} className={`light-table ${look}`} tabIndex={0} role="group" aria-label={label} onPointerDown={onPointerDown} onDoubleClick={onDoubleClick} onKeyDownCapture={onPickKey} onKeyDown={onKeyDown}>
      {version && content ? (
        <Print
          project={project.handle} hash={content.hash} alt={altOf(item.title, version)} width={shownWidth} height={shownHeight} x={table.place.x} y={table.place.y} isEnlarged={table.scale >= 3 && !isFitted}
          turn={crop.state?.turn} isFlipped={crop.state?.isFlipped}
        >
          {isMasking ? <MaskLayer version={version.id} mask={mask} picture={size} erases={tool === 'eraser'} brush={brushSize} isInert={movesView} onPainted={startFromHere} onLeave={leave} /> : null}
          {crop.state ? <CropFrame crop={crop} state={crop.state} isInert={movesView} onLeave={leave} /> : isMasking ? null : <RegionPins threads={threads} width={shownWidth} height={shownHeight} />}
          {tool === 'region' && region ? <RegionDrawing region={region} isPlaced={isPlaced} isInert={movesView} onChange={setRegion} onPlace={place} onLeave={leave} /> : null}
        </Print>
      ) : null}
      {version?.removed ? <EmptyState title={t('picture.gone')} /> : null}
      {output ? <ComingPrint output={output} width={shownWidth} height={shownHeight} onSize={({ width, height }) => setComing((before) => (before.width === width && before.height === height ? before : { width, height }))} /> : null}
      {!version && !output ? empty : null}
      {version || output ? <Tools tool={tool} canEdit={canEdit} onChange={take} /> : null}
      {isPlaced && region && version ? <RegionComposer project={project.handle} version={version} region={region} onDone={leave} /> : open && !crop.state && !isMasking ? <RegionCard project={project.handle} thread={open} /> : null}
      {crop.state ? <CropBar crop={crop} onLeave={leave} /> : isMasking ? <MaskBar can={can.data} version={version.id} mask={mask} brush={brushSize} mostBrush={mostBrush} onBrush={setBrush} onLeave={leave} /> : tool === 'region' && !isPlaced ? <p className="floating-bar small secondary" role="status">{t('picture.region-hint')}</p> : version && canEdit ? <PickBar project={project.handle} version={version} /> : null}
      {version || output ? <Hud table={table} /> : null}
    </div>
  )
}
