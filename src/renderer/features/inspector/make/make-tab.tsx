import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { textOperations, type OperationChoice } from './operations.js'
import { formatDuration } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { useSubmitKeys } from '../../../state/use-submit-keys.js'
import { Button } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Icon } from '../../../ui/icon.js'
import { NumberField } from '../../../ui/number-field.js'
import { Segments } from '../../../ui/segments.js'
import { Select } from '../../../ui/select.js'
import { TextArea } from '../../../ui/text-field.js'
import { askForProposal, useHasSelection } from '../../writing/index.js'
import type { InspectorTabProps } from '../tab-props.js'
import { ModelField, useTextModels } from './model-field.js'
import { SelectedWords } from './selected-words.js'
import { SeedField } from './seed-field.js'
import { useBrief } from './use-brief.js'
import { useSpeed } from './use-speed.js'
import { estimate, placeOfWish, usesBrief, useWish } from './wishes.js'

/** Asks a model for a proposal. */
export function MakeTab({ project, item }: InspectorTabProps) {
  return <MakeForm key={item} project={project.handle} item={item} readOnly={project.readOnly} />
}

function MakeForm({ project, item, readOnly }: { readonly project: string; readonly item: string; readonly readOnly: boolean }) {
  const [wish, change] = useWish(item)
  const brief = useBrief(project, item, readOnly)
  const hasSelection = useHasSelection(item)
  const { models, preferred, query } = useTextModels()
  const [showsMore, setShowsMore] = useState(false)
  const model = models.find((one) => one.id === wish.model) ?? preferred
  const speed = useSpeed(project, item, model?.hash ?? null)
  const on = placeOfWish(wish, hasSelection)
  const prompt = usesBrief(wish.operation) ? brief.text : wish.how
  const lacksBrief = wish.operation !== 'continue' && prompt.trim() === ''
  const ms = estimate(wish.maxTokens, speed)

  const ask = useMutation({
    mutationFn: async (modelId: string | null) => {
      await brief.keep()
      return askForProposal({
        project,
        item,
        operation: wish.operation,
        prompt: prompt.trim(),
        model: modelId,
        maxTokens: wish.maxTokens,
        on: on === 'selection' && wish.operation === 'continue' ? 'cursor' : on,
        ...(wish.temperature === null ? {} : { temperature: wish.temperature }),
        ...(wish.seed === null ? {} : { seed: wish.seed }),
      })
    },
  })
  const lacksSelection = on === 'selection' && !hasSelection
  const cannot = readOnly
    ? t('make.read-only')
    : lacksSelection
      ? t('make.needs-selection')
      : lacksBrief
        ? t(usesBrief(wish.operation) ? 'make.needs-brief' : 'make.needs-how')
        : null
  const isReady = cannot === null && model !== null && !ask.isPending
  const submit = (): void => {
    if (isReady) ask.mutate(model.id)
  }
  const takeNamed = (name?: string): void => {
    const fitting = models.find((one) => one.name === name)
    if (fitting) change({ model: fitting.id })
    ask.reset()
  }
  useSubmitKeys(submit)

  return (
    <>
      <div className="pane-scroll">
        <div className="pane-section">
          <Select<OperationChoice> label={t('make.what')} choices={textOperations()} value={wish.operation} onChange={(operation) => change({ operation })} />
          <TextArea
            label={usesBrief(wish.operation) ? t('make.brief') : t('make.how')}
            serif
            rows={usesBrief(wish.operation) ? 5 : 3}
            value={prompt}
            isReadOnly={readOnly || (usesBrief(wish.operation) && !brief.isReady)}
            placeholder={t(`make.brief-placeholder.${wish.operation}`)}
            onChange={(text) => (usesBrief(wish.operation) ? brief.type(text) : change({ how: text }))}
          />
          {brief.error ? <ErrorNotice error={brief.error} steps={{ 'try-again': () => void brief.keep().catch(() => undefined) }} /> : null}
          {wish.operation === 'draft' || wish.operation === 'rewrite' ? null : (
            <Segments
              label={t('make.on')}
              wide
              value={on}
              onChange={(place) => change({ on: place })}
              choices={[
                { id: 'selection', name: t('make.on-selection'), isDisabled: !hasSelection },
                { id: 'text', name: t('make.on-whole') },
              ]}
            />
          )}
          {on === 'selection' && hasSelection ? <SelectedWords item={item} /> : null}
        </div>
        <div className="pane-section">
          <ModelField chosen={model} models={models} query={query} onChange={(id) => change({ model: id })} />
          <SeedField seed={wish.seed} onChange={(seed) => change({ seed })} />
        </div>
        <div className="pane-section fold">
          <AriaButton className="row secondary fold-button" aria-expanded={showsMore} onPress={() => setShowsMore(!showsMore)}>
            <Icon name={showsMore ? 'down' : 'right'} small />
            {t('make.more')}
          </AriaButton>
          {showsMore ? (
            <div className="field-pair">
              <NumberField
                label={t('make.length')}
                lessLabel={t('make.shorter')}
                moreLabel={t('make.longer')}
                value={wish.maxTokens}
                minValue={16}
                maxValue={8192}
                step={16}
                onChange={(maxTokens) => change({ maxTokens: maxTokens || 512 })}
              />
              <NumberField
                label={t('make.temperature')}
                lessLabel={t('make.lower')}
                moreLabel={t('make.higher')}
                value={wish.temperature ?? Number.NaN}
                placeholder={t('make.temperature-any')}
                minValue={0}
                maxValue={2}
                step={0.1}
                onChange={(temperature) => change({ temperature: Number.isNaN(temperature) ? null : temperature })}
              />
            </div>
          ) : null}
        </div>
      </div>
      <div className="pane-foot">
        {ask.error ? (
          <ErrorNotice
            error={ask.error}
            onClose={() => ask.reset()}
            steps={{ 'try-again': submit, 'add-model': () => showView({ type: 'models' }), models: () => showView({ type: 'models' }), 'use-largest': takeNamed }}
          />
        ) : null}
        <Button look="primary" size="large" wide keys="Ctrl+Enter" isDisabled={!isReady} onPress={submit}>
          {t('make.draft-proposal')}
        </Button>
        <p className="hint">{cannot ?? t('make.hint', { time: ms === null ? 'none' : formatDuration(ms) })}</p>
      </div>
    </>
  )
}
