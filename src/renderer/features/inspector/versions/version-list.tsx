import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { VersionSummary } from '../../../../contract/index.js'
import { formatWhen } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { useFast } from '../../../ui/use-fast.js'
import { rowByKey, showRow, useRowWindow } from '../../../ui/use-row-window.js'
import { Rail } from './rail.js'
import { layoutRail, railWidth, type RailRow } from './rail-layout.js'
import { howMade, versionLine, versionTitle } from './recipe-words.js'
import { useVersionPages } from './use-version-pages.js'

/** Pixels; the style sheet and the rail have the same. */
const rowHeight = 68
const pane = '.split-list'

interface VersionListProps {
  readonly project: string
  readonly item: string
  readonly total: number
  readonly selected: string
  readonly onSelect: (version: string) => void
}

/** All versions of an item, read and drawn as far as they are seen. */
export function VersionList({ project, item, total, selected, onSelect }: VersionListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const { first, last, screen } = useRowWindow(list, { pane, count: total, rowHeight })
  const pages = useVersionPages(project, item, first, last, useFast(scroller))
  const { start, versions } = pages.stretch
  const newest = versions[0]?.id
  const oldest = versions.at(-1)?.id
  // The rail of a stretch that was read: it stays while rows of it are scrolled past.
  const rail = useMemo(() => layoutRail(versions), [newest, oldest, versions.length]) // oxlint-disable-line react-hooks/exhaustive-deps -- the list is made anew for each drawing, its versions never change
  const width = railWidth(rail)
  const [keys, setKeys] = useState<number | null>(null)
  const place = versions.findIndex((version) => version.id === selected)
  const at = keys ?? (place === -1 ? 0 : start + place)

  function choose(index: number): void {
    setKeys(index)
    if (list.current) showRow(list.current, pane, index, rowHeight)
    const known = pages.at(index)
    // Where it was not read yet, and is read no more because core is away: the next key asks again.
    if (known) onSelect(known.id)
    else void pages.read(index).then((read) => { if (read) onSelect(read.id) }, () => undefined)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = rowByKey(event.key, at, total, screen)
    if (to === null) return
    event.preventDefault()
    choose(to)
  }

  return (
    <div ref={scroller} className="split-list">
      <div
        ref={list} className="version-list" role="listbox" aria-label={t('versions.list')} tabIndex={0} onKeyDown={onKeyDown} style={{ height: total * rowHeight }}
        aria-activedescendant={pages.at(at) ? `version-${at}` : undefined} onClick={(event) => { const row = (event.target as Element).closest<HTMLElement>('[data-index]'); if (row) choose(Number(row.dataset.index)) }}
      >
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, inView) => {
          const index = first + inView
          const version = pages.at(index)
          return version ? <VersionRow key={version.id} version={version} rail={rail[index - start]} width={width} index={index} total={total} isSelected={version.id === selected} /> : null
        })}
      </div>
    </div>
  )
}

interface VersionRowProps {
  readonly version: VersionSummary
  readonly rail: RailRow | undefined
  readonly width: number
  readonly index: number
  readonly total: number
  readonly isSelected: boolean
}

const VersionRow = memo(function VersionRow({ version, rail, width, index, total, isSelected }: VersionRowProps) {
  return (
    <div
      id={`version-${index}`} role="option" aria-selected={isSelected} aria-posinset={index + 1} aria-setsize={total} data-index={index} data-selected={isSelected ? 'true' : undefined}
      className="version-row" style={{ insetBlockStart: index * rowHeight }}
    >
      {rail ? <Rail row={rail} width={width} /> : null}
      <div className="what">
        <div className="truncate version-name">
          <span className="strong" title={versionTitle(version)}>{versionTitle(version)}</span>
        </div>
        {version.isHead ? <span className="head-tag">{t('versions.head')}</span> : null}
        <div className="small truncate version-how">{versionLine(version)}</div>
        <div className="small faint truncate version-who">{t('versions.by', { name: version.person.name, how: howMade(version) })}</div>
      </div>
      <time className="when number" dateTime={new Date(version.at).toISOString()}>{formatWhen(version.at)}</time>
    </div>
  )
})
