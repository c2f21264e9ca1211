import type { Waiting } from './use-waiting.js'
import { t } from '../../messages/t.js'
import { Button } from '../../ui/button.js'
import { DecisionForm, type DecisionKind } from '../review/index.js'

interface DecisionBarProps {
  readonly project: string
  readonly one: Waiting
  readonly ordinal: number
  readonly open: DecisionKind | null
  readonly waitsFor: string | null
  readonly onOpen: (decision: DecisionKind | null) => void
  readonly onDecided: (decision: DecisionKind) => void
}

/** The three decisions; one opens here and asks once more. */
export function DecisionBar({ project, one, ordinal, open, waitsFor, onOpen, onDecided }: DecisionBarProps) {
  return (
    <section className={`decision ${open ? 'is-open' : ''}`} aria-label={t('waiting.decision')}>
      {open ? (
        <DecisionForm
          key={`${one.version} ${open}`}
          project={project}
          version={one.version}
          ordinal={ordinal}
          decision={open}
          waitsFor={waitsFor}
          onClose={() => onOpen(null)}
          onDecided={() => onDecided(open)}
        />
      ) : (
        <>
          <div className="decision-why">
            <div className="medium">{t('review.decide-on', { number: ordinal })}</div>
            {one.note === '' ? (
              <div className="small secondary">{waitsFor === null ? t('review.signed') : t('review.would-not-count', { founder: waitsFor })}</div>
            ) : (
              <div className="small secondary truncate" title={one.note}>
                {t('waiting.note', { name: one.from.name })}: {one.note}
              </div>
            )}
          </div>
          <Button size="large" keys="C" onPress={() => onOpen('changes')}>
            {t('review.changes')}
          </Button>
          <Button size="large" keys="N" onPress={() => onOpen('approve-with-notes')}>
            {t('review.approve-with-notes')}
          </Button>
          <Button size="large" look="primary" keys="A" onPress={() => onOpen('approve')}>
            {t('review.approve')}
          </Button>
        </>
      )}
    </section>
  )
}
