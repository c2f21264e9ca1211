import { useState } from 'react'
import type { ProjectSummary, ReviewState } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { Button } from '../../ui/button.js'
import { AskForm } from './ask-form.js'
import { DecisionForm } from './decision-form.js'
import { useMembers, type DecisionKind } from './use-review.js'

interface ReviewFootProps {
  readonly project: ProjectSummary
  readonly item: string
  readonly isText: boolean
  readonly heads: number
  /** State of the version that this is about. */
  readonly state: ReviewState
  readonly version: string | null
  /** Its number among the item's versions. */
  readonly ordinal: number | null
}

/** What can be done next: ask, or decide. Each opens here and names the version once more. */
export function ReviewFoot({ project, item, isText, heads, state, version, ordinal }: ReviewFootProps) {
  const [open, setOpen] = useState<'ask' | DecisionKind | null>(null)
  const { counts } = useMembers(project.handle)
  const close = (): void => setOpen(null)
  const waitsFor = counts || project.founder === null ? null : project.founder.name

  if (heads > 1) {
    return (
      <div className="pane-foot">
        <p className="small secondary foot-words">{t('review.combine-first')}</p>
        <Button look="primary" size="large" wide icon="merge" onPress={() => showView({ type: 'item', item, mode: 'combine' })}>
          {t('heads.combine')}
        </Button>
      </div>
    )
  }
  const askTitle = isText || ordinal === null ? t('review.ask') : t('review.ask-version', { number: ordinal })
  if (open === 'ask')
    return (
      <div className="pane-foot ask">
        <AskForm project={project.handle} item={item} version={isText ? null : version} title={askTitle} isText={isText} onClose={close} />
      </div>
    )
  if (open !== null && version !== null && ordinal !== null) {
    return (
      <div className="pane-foot ask">
        <DecisionForm
          key={`${version} ${open}`}
          project={project.handle}
          version={version}
          ordinal={ordinal}
          decision={open}
          waitsFor={waitsFor}
          onClose={close}
          onDecided={close}
        />
      </div>
    )
  }
  if (version === null && !isText)
    return (
      <div className="pane-foot">
        <p className="small secondary">{t('review.no-version')}</p>
      </div>
    )

  const isAsked = state === 'in-review'
  return (
    <div className="pane-foot">
      {isAsked ? null : (
        <Button look={state === 'draft' || state === 'changes-asked' ? 'primary' : 'plain'} size="large" wide onPress={() => setOpen('ask')}>
          {askTitle}
        </Button>
      )}
      {version !== null && ordinal !== null ? (
        <div className="foot-decide" role="group" aria-label={t('review.decide-on', { number: ordinal })}>
          <p className="label">{t('review.decide-on', { number: ordinal })}</p>
          <div className="foot-acts">
            <Button look={isAsked ? 'primary' : 'plain'} size={isAsked ? 'normal' : 'small'} onPress={() => setOpen('approve')}>
              {t('review.approve')}
            </Button>
            <Button size={isAsked ? 'normal' : 'small'} onPress={() => setOpen('approve-with-notes')}>
              {t('review.approve-with-notes')}
            </Button>
            <Button size={isAsked ? 'normal' : 'small'} onPress={() => setOpen('changes')}>
              {t('review.changes')}
            </Button>
          </div>
        </div>
      ) : null}
      {isAsked ? (
        <Button size="small" look="quiet" onPress={() => setOpen('ask')}>
          {t('review.ask-again')}
        </Button>
      ) : null}
    </div>
  )
}
