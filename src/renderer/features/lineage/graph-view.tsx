import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { LineageNode, ProjectSummary } from '../../../contract/index.js'
import { formatDayShort } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { studio } from '../../studio.js'
import { IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { kindIcons } from '../desk/desk-row.js'
import { openPicture } from '../gallery/open-picture.js'
import { useSelectedVersion } from '../inspector/versions/use-versions.js'
import { usePictureJobs } from '../picture/use-picture-jobs.js'
import { chooseVersion, useLineageChoice } from './choice.js'
import { GraphNodeView } from './graph-node.js'
import { layoutGraph, type Graph } from './graph-layout.js'
import { LineageFoot } from './lineage-foot.js'
import { MakingNode } from './making-node.js'
import { vars } from './vars.js'

/** Versions of the item that are drawn. */
const most = 100
const scales = [0.7, 1, 1.3, 1.6, 2] as const

interface GraphViewProps {
  readonly project: ProjectSummary
  readonly item: string
}

/** One item and what touches it, by day. */
export function GraphView({ project, item }: GraphViewProps) {
  const lineage = useQuery({ ...studio.items.lineage.queryOptions({ input: { project: project.handle, item, limit: most } }), placeholderData: keepPreviousData })
  const { items } = useDesk(project.handle)
  const nodes = lineage.data?.nodes
  const graph = useMemo(() => (nodes ? layoutGraph(nodes) : null), [nodes])
  const chosen = useLineageChoice(item)?.version ?? null
  const [selected] = useSelectedVersion(item)
  const [scale, setScale] = useState<number | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const { coming } = usePictureJobs(item)
  const making = coming.find((output) => output.state === 'making')
  const wide = graph?.width

  // What is newest stands at the right end, and that is what a person comes for.
  useLayoutEffect(() => { if (scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth }, [wide])

  if (lineage.error && !nodes) return <div className="work-middle"><ErrorNotice error={lineage.error} steps={{ 'try-again': () => void lineage.refetch() }} /></div>
  if (!graph || !nodes) return <Loading text={t('lineage.reading')} />
  if (nodes.length === 0) return <div className="work-middle"><EmptyState title={t('lineage.empty')}>{t('lineage.empty-text')}</EmptyState></div>

  const own = nodes.filter((node) => node.item === item)
  const here = nodes.find((node) => node.id === chosen) ?? own.find((node) => node.id === selected) ?? own[0] ?? nodes[0]!
  const titleOf = (id: string): string => items.find((one) => one.id === id)?.title ?? ''
  const lane = graph.lanes.find((one) => one.item === item)
  const byStep = (step: 1 | -1): void => setScale((now) => scales[Math.max(0, Math.min(scales.length - 1, nearest(now ?? 1) + step))]!)

  function fit(): void {
    const room = scroller.current?.clientWidth ?? 0
    if (graph && room > 0) setScale(Math.max(0.6, Math.min(2, room / (graph.width + 20))))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!step || !graph) return
    event.preventDefault()
    const next = neighbour(graph, here.id, step[0]!, step[1]!)
    const node = nodes!.find((one) => one.id === next)
    if (!node) return
    chooseVersion(node, item)
    scroller.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(node.id)}"]`)?.focus()
  }

  return (
    <>
      <div className="lineage-zoom row">
        <IconButton icon="zoom-out" small label={t('picture.zoom-out')} onPress={() => byStep(-1)} />
        <IconButton icon="zoom-in" small label={t('lineage.zoom-in')} onPress={() => byStep(1)} />
        <IconButton icon="fit" small label={t('lineage.fit')} onPress={fit} />
      </div>
      <div ref={scroller} className="work-scroll graph-scroll" style={scale === null ? undefined : ({ '--u': `${scale}px` } as React.CSSProperties)}>
        <div className="graph" role="group" aria-label={t('lineage.graph-label')} onKeyDown={onKeyDown} style={vars({ w: graph.width + (making ? 118 : 0), h: graph.height })}>
          <div className="dates">{graph.dates.map((date) => <span key={date.day} className="date" style={vars({ x: date.x })}>{formatDayShort(date.at)}</span>)}</div>
          {graph.lanes.map((one) => (
            <div key={one.item} className="lane" style={vars({ y: one.y })}><span><Icon name={kindIcons[items.find((row) => row.id === one.item)?.kind ?? 'file']} small />{titleOf(one.item)}</span></div>
          ))}
          <Edges graph={graph} chosen={here.id} />
          {graph.nodes.map(({ id, x, y }) => {
            const node = nodes.find((one) => one.id === id)!
            return <GraphNodeView key={id} project={project.handle} node={node} title={titleOf(node.item)} x={x} y={y} isOwn={node.item === item} isHere={id === here.id} onChoose={(one) => chooseVersion(one, item)} onOpen={(one: LineageNode) => openPicture({ item: one.item, version: one.id })} />
          })}
          {making && lane ? <MakingNode output={making} x={graph.width + 6} y={lane.y + 22} /> : null}
        </div>
      </div>
      <LineageFoot shown={nodes.length} total={Math.max(lineage.data?.total ?? 0, nodes.length)} />
    </>
  )
}

function Edges({ graph, chosen }: { readonly graph: Graph; readonly chosen: string }) {
  const touches = (edge: Graph['edges'][number]): boolean => edge.from === chosen || edge.to === chosen
  return (
    <svg className="edges" viewBox={`0 0 ${graph.width} ${graph.height}`} preserveAspectRatio="none" style={vars({ w: graph.width, h: graph.height })} aria-hidden="true">
      {[...graph.edges].sort((a, b) => Number(touches(a)) - Number(touches(b))).map((edge) => (
        <path key={`${edge.from} ${edge.to} ${edge.kind}`} className={`${edge.kind === 'read' ? 'read' : ''} ${touches(edge) ? 'on' : ''}`} d={edge.path} />
      ))}
    </svg>
  )
}

function nearest(scale: number): number {
  return scales.reduce((best, value, index) => (Math.abs(value - scale) < Math.abs(scales[best]! - scale) ? index : best), 0)
}

/** The nearest version in a direction: straight ahead before aside. */
export function neighbour(graph: Graph, from: string, x: number, y: number): string | null {
  const here = graph.nodes.find((node) => node.id === from)
  if (!here) return null
  let best: { id: string; way: number } | null = null
  for (const node of graph.nodes) {
    const [dx, dy] = [node.x - here.x, node.y - here.y]
    const ahead = dx * x + dy * y
    if (ahead <= 0) continue
    const way = ahead + 3 * Math.abs(x === 0 ? dx : dy)
    if (best === null || way < best.way) best = { id: node.id, way }
  }
  return best?.id ?? null
}
