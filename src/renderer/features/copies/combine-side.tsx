import { Button as AriaButton } from 'react-aria-components'
import type { HeadsView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useSubmitKeys } from '../../state/use-submit-keys.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { StateShape } from '../../ui/review-state.js'
import type { Conflict, SidePick } from './combine-parts.js'
import type { SideNames } from './overlap.js'

interface CombineSideProps {
  readonly heads: HeadsView
  readonly conflicts: readonly Conflict[]
  readonly taken: Readonly<Record<'a' | 'b', readonly string[]>>
  readonly people: SideNames
  readonly marks: SideNames
  readonly names: SideNames
  readonly picks: ReadonlyMap<number, SidePick>
  readonly current: number
  readonly nextOrdinal: number
  /** How many heads are still to be combined after this pair. */
  readonly left: number
  readonly canMake: boolean
  readonly error: unknown
  readonly onGo: (index: number) => void
  readonly onMake: () => void
  readonly onLeave: () => void
}

/** Which overlaps are still open, what was taken in from one side alone, and making the version. */
export function CombineSide({ conflicts, taken, people, marks, names, picks, current, nextOrdinal, left: pairsLeft, canMake, error, onGo, onMake, onLeave }: CombineSideProps) {
  useSubmitKeys(() => { if (canMake) onMake() })
  const left = conflicts.length - picks.size
  const sideName = (pick: SidePick): string => (pick === 'both' ? t('combine.both') : names[pick])
  const count = taken.a.length + taken.b.length
  return (
    <aside className="pane combine-side" aria-label={t('combine.tabs')}>
      <h2 className="pane-title">{t('combine.tabs')}</h2>
      <div className="pane-scroll">
        <div className="pane-section">
          <h3 className="pane-head">
            {t('combine.overlaps')}
            <span className="more number">{t('combine.picked', { picked: picks.size, count: conflicts.length })}</span>
          </h3>
          <ul>
            {conflicts.map((conflict) => {
              const pick = picks.get(conflict.index)
              return (
                <li key={conflict.index}>
                  <AriaButton className="orow" aria-current={conflict.index === current || undefined} onPress={() => onGo(conflict.index)}>
                    <span className="number faint">{conflict.index + 1}</span>
                    <span className="truncate">{(conflict.a || conflict.b || conflict.ancestor).trim()}</span>
                    <span className={`row small push orow-state ${pick ? 'well' : 'secondary'}`}>
                      {pick ? <Icon name="check" small /> : <StateShape state="draft" />}
                      {pick ? sideName(pick) : t('combine.to-pick')}
                    </span>
                  </AriaButton>
                </li>
              )
            })}
          </ul>
        </div>
        <div className="pane-section">
          <h3 className="pane-head">
            {t('combine.taken')}
            <span className="more number">{count > 0 ? t('combine.taken-count', { count }) : ''}</span>
          </h3>
          {count === 0 ? (
            <p className="small secondary">{t('combine.taken-none')}</p>
          ) : (
            <ul className="reasons taken">
              {(['a', 'b'] as const)
                .filter((side) => taken[side].length > 0)
                .map((side) => (
                  <li key={side}>
                    <span className="person" title={people[side]}>
                      {marks[side]}
                    </span>
                    <span className="taken-words">{takenWords(taken[side])}</span>
                  </li>
                ))}
            </ul>
          )}
        </div>
      </div>
      <div className="pane-foot">
        {error ? <ErrorNotice error={error} /> : null}
        <Button look="primary" size="large" wide keys="Ctrl+Enter" isDisabled={!canMake} onPress={onMake}>
          {t('combine.make', { number: nextOrdinal })}
        </Button>
        <p className="hint">
          {left > 0 ? `${t('combine.waits', { count: left })} ` : ''}
          {pairsLeft > 0 ? t('combine.then', { count: pairsLeft }) : t('combine.about')}
        </p>
        <Button look="quiet" size="small" onPress={onLeave}>
          {t('combine.leave')}
        </Button>
      </div>
    </aside>
  )
}

const longest = 60

function takenWords(words: readonly string[]): string {
  const first = words[0] ?? ''
  const shown = first.length > longest ? `${first.slice(0, longest)}…` : first
  return words.length === 1 ? t('combine.taken-from', { words: shown }) : t('combine.taken-more', { words: shown, count: words.length - 1 })
}
