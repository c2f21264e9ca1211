import { useMemo } from 'react'
import { diffWords, type Run } from './diff-words.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import type { Conflict, SidePick } from './combine-parts.js'

export interface SideNames {
  readonly a: string
  readonly b: string
}

interface OverlapProps {
  readonly conflict: Conflict
  readonly people: SideNames
  /** What stands beside the words: initials, or numbers of versions where both are one person's. */
  readonly marks: SideNames
  /** What the buttons call the two sides. */
  readonly names: SideNames
  readonly picked: SidePick | null
  readonly isCurrent: boolean
  readonly onFocus: () => void
  readonly onPick: (pick: SidePick) => void
}

const sides = ['a', 'b'] as const

/** Words that both changed: both stay in the text until one is picked, and the other stays struck after that. */
export function Overlap({ conflict, people, marks, names, picked, isCurrent, onFocus, onPick }: OverlapProps) {
  const number = conflict.index + 1
  const choices: readonly { readonly id: SidePick; readonly name: string }[] = [
    { id: 'a', name: names.a },
    { id: 'b', name: names.b },
    { id: 'both', name: t('combine.both') },
  ]
  const shown = picked === null ? null : (choices.find(({ id }) => id === picked)?.name ?? '')
  const label = shown === null ? t('combine.overlap', { number }) : t('combine.overlap-picked', { number, side: shown })
  return (
    <div
      className={`overlap ${picked === null ? 'is-open' : 'is-picked'} ${isCurrent ? 'is-here' : ''}`}
      role="group"
      aria-label={label}
      data-overlap={conflict.index}
      onFocus={onFocus}
    >
      <span className={`piece-mark cpick ${isCurrent || picked === null ? 'is-active' : ''}`} role="group" aria-label={t('combine.picks', { number })}>
        <span className="number">{number}</span>
        {choices.map(({ id, name }) => (
          <button key={id} type="button" className="button button-small" aria-pressed={picked === id} onClick={() => onPick(id)}>
            {picked === id ? <Icon name="check" small /> : null}
            {name}
          </button>
        ))}
      </span>
      {sides.map((side) => {
        const isOff = picked !== null && picked !== 'both' && picked !== side
        return (
          <div key={side} className={`side ${isOff ? 'is-off' : ''}`}>
            <span className="person" title={people[side]}>
              {marks[side]}
            </span>
            {conflict[side] === '' ? (
              <p className="side-nothing">{t('combine.removed')}</p>
            ) : isOff ? (
              <p>{conflict[side]}</p>
            ) : (
              <SideWords old={conflict.ancestor} words={conflict[side]} />
            )}
          </div>
        )
      })}
      {picked === null ? (
        <div className="side base">
          <span className="small" title={t('combine.ancestor')}>
            <Icon name="history" small />
            <span className="visually-hidden">{t('combine.ancestor')}</span>
          </span>
          <p>{conflict.ancestor === '' ? t('combine.was-empty') : conflict.ancestor}</p>
        </div>
      ) : null}
    </div>
  )
}

function SideWords({ old, words }: { readonly old: string; readonly words: string }) {
  const runs = useMemo((): readonly Run[] => diffWords(old, words), [old, words])
  return <p>{runs.map((run, index) => (run.isNew ? <ins key={index}>{run.text}</ins> : run.text))}</p>
}
