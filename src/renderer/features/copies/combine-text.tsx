import './copies.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { HeadsView, ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { initials } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { client, studio } from '../../studio.js'
import { IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { useSettings } from '../../state/settings.js'
import { flushText } from '../writing/index.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'
import { CombineSide } from './combine-side.js'
import { completePicks, conflictsOf, partsOf, takenOf, type SidePick } from './combine-parts.js'
import { Overlap, type SideNames } from './overlap.js'

/**
 * Two heads of a text in one sheet, with a side to pick wherever both changed the same words. Of more than two, one pair after the other,
 * until one head is left.
 */
export function CombineText({ project, item, onDone }: { readonly project: ProjectSummary; readonly item: ItemSummary; readonly onDone: () => void }) {
  const [made, setMade] = useState<readonly Made[]>([])
  const input = { project: project.handle, item: item.id }
  // What is typed belongs to one of the heads, so it goes to core before they are read.
  const heads = useQuery({
    ...studio.copies.heads.queryOptions({ input }),
    staleTime: 0,
    queryFn: async () => {
      await flushText(project.handle, item.id)
      return client.copies.heads(input)
    },
  })
  if (heads.error && !heads.data)
    return (
      <div className="work-middle">
        <ErrorNotice error={heads.error} steps={{ 'try-again': () => void heads.refetch() }} />
      </div>
    )
  const last = made.at(-1)
  // Until the pair that is left was read, the one that was just combined is still the answer.
  if (!heads.data || (last && last.a === heads.data.a.version && last.b === heads.data.b.version)) return <Loading text={t('combine.reading')} lines={6} />
  const { a, b, heads: count } = heads.data
  return (
    <Combining
      key={`${a.version} ${b.version}`} project={project} item={item} heads={heads.data} step={{ number: made.length + 1, of: made.length + count - 1 }} combined={made.map(({ version }) => version)}
      onMade={(version) => { if (count > 2) setMade([...made, { a: a.version, b: b.version, version }]); else onDone() }}
    />
  )
}

/** A pair that was combined here, and what came of it. */
interface Made { readonly a: string; readonly b: string; readonly version: string }

interface CombiningProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly heads: HeadsView
  /** Which pair this is, and of how many. */
  readonly step: { readonly number: number; readonly of: number }
  /** Versions that were combined just before. */
  readonly combined: readonly string[]
  readonly onMade: (version: string) => void
}

function Combining({ project, item, heads, step, combined, onMade }: CombiningProps) {
  const [picks, setPicks] = useState<ReadonlyMap<number, SidePick>>(new Map())
  const [current, setCurrent] = useState(0)
  const sheet = useRef<HTMLElement>(null)
  const conflicts = conflictsOf(heads)
  const taken = takenOf(heads)
  const { people, marks, names } = useSideNames(heads, combined)
  const complete = completePicks(conflicts.length, picks)
  const make = useMutation({
    mutationFn: async (chosen: SidePick[]) => client.copies.combine({ project: project.handle, item: item.id, picks: chosen, between: [heads.a.version, heads.b.version] }),
    onSuccess: ({ version }) => onMade(version),
  })

  function go(index: number): void {
    const next = Math.max(0, Math.min(conflicts.length - 1, index))
    setCurrent(next)
    const element = sheet.current?.querySelector<HTMLElement>(`[data-overlap="${next}"]`)
    element?.scrollIntoView({ block: 'center' })
    element?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
  }
  useSingleKeys({ j: () => go(current + 1), k: () => go(current - 1) })

  function pick(index: number, side: SidePick): void {
    setPicks((before) => new Map(before).set(index, side))
    setCurrent(index)
  }

  const count = taken.a.length + taken.b.length
  const personOf = (side: 'a' | 'b'): string => (combined.includes(heads[side].version) ? t('combine.just-now') : people[side])
  return (
    <div className="combine">
      <div className="combine-main">
        <div className="toolbar">
          <h2 className="crumbs">
            <strong>{item.title}</strong>
          </h2>
          <span className="state">
            <Icon name="merge" small />
            {heads.heads > 2 ? t('combine.heads', { count: heads.heads }) : t('desk.two-heads')}
          </span>
        </div>
        <div className="proposal-bar" role="region" aria-label={t('combine.region')}>
          <Icon name="merge" />
          {step.of > 1 ? <span className="secondary number combine-step">{t('combine.step', step)}</span> : null}
          <span className="strong truncate">{t('combine.title', { a: heads.a.ordinal, aPerson: personOf('a'), b: heads.b.ordinal, bPerson: personOf('b') })}</span>
          <span className="secondary number" role="status">
            {conflicts.length === 0
              ? t('combine.none', { taken: count })
              : t('combine.counts', { taken: count, overlaps: conflicts.length, picked: picks.size })}
          </span>
          <span className="push row proposal-acts">
            <IconButton icon="up" label={t('combine.previous')} keys="K" isDisabled={conflicts.length === 0} onPress={() => go(current - 1)} />
            <IconButton icon="down" label={t('combine.next')} keys="J" isDisabled={conflicts.length === 0} onPress={() => go(current + 1)} />
          </span>
        </div>
        <div className="work-scroll" tabIndex={0} role="group" aria-label={t('combine.region')}>
          <article ref={sheet} className="sheet combine-sheet manuscript">
            <h1>{item.title}</h1>
            {partsOf(heads).map((part, index) =>
              part.kind === 'conflict' ? (
                <Overlap
                  key={index}
                  conflict={part.conflict}
                  people={people}
                  marks={marks}
                  names={names}
                  picked={picks.get(part.conflict.index) ?? null}
                  isCurrent={part.conflict.index === current}
                  onFocus={() => setCurrent(part.conflict.index)}
                  onPick={(side) => pick(part.conflict.index, side)}
                />
              ) : (
                <p key={index} className={part.continues ? 'after' : ''}>
                  {part.segments.map((segment, at) =>
                    segment.kind === 'same' ? (
                      segment.text
                    ) : (
                      <span key={at} title={people[segment.from]}>
                        {segment.removed ? <del>{segment.removed}</del> : null}
                        {segment.removed && segment.added ? ' ' : null}
                        {segment.added ? <ins>{segment.added}</ins> : null}
                      </span>
                    ),
                  )}
                </p>
              ),
            )}
          </article>
        </div>
      </div>
      <CombineSide
        heads={heads}
        conflicts={conflicts}
        taken={taken}
        people={people}
        marks={marks}
        names={names}
        picks={picks}
        current={current}
        nextOrdinal={item.versions + 1}
        left={step.of - step.number}
        canMake={complete !== null && !make.isPending && !project.readOnly}
        error={make.error}
        onGo={go}
        onMake={() => {
          if (complete) make.mutate(complete)
        }}
        onLeave={() => showView({ type: 'item', item: item.id })}
      />
    </div>
  )
}

/** Who stands for each side, and what the buttons call them: "yours" where one of the heads is this person's own. */
function useSideNames(heads: HeadsView, combined: readonly string[]): { readonly people: SideNames; readonly marks: SideNames; readonly names: SideNames } {
  const me = useSettings()?.name ?? null
  const { a, b } = heads
  const isCombined = { a: combined.includes(a.version), b: combined.includes(b.version) }
  const people = { a: a.person, b: b.person }
  const marks = a.person === b.person ? { a: String(a.ordinal), b: String(b.ordinal) } : { a: initials(a.person), b: initials(b.person) }
  if (isCombined.a || isCombined.b) {
    const sideOf = (side: 'a' | 'b'): string => (isCombined[side] ? t('combine.together') : t('combine.version-side', { number: heads[side].ordinal }))
    return { people, marks, names: { a: sideOf('a'), b: sideOf('b') } }
  }
  if (a.person === b.person)
    return { people, marks, names: { a: t('combine.version-side', { number: a.ordinal }), b: t('combine.version-side', { number: b.ordinal }) } }
  const nameOf = (person: string): string => (person === me ? t('combine.yours') : t('combine.theirs', { name: person.split(' ')[0] ?? person }))
  return { people, marks, names: { a: nameOf(a.person), b: nameOf(b.person) } }
}
