import '../picture.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { StudioError } from '../../../../contract/index.js'
import { formatDuration } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { client, studio } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Loading } from '../../../ui/loading.js'
import type { InspectorTabProps } from '../../inspector/tab-props.js'
import { useBrief } from '../../inspector/make/use-brief.js'
import { useSelectedVersion, useVersions } from '../../inspector/versions/use-versions.js'
import { watchOutput } from '../shown.js'
import { Settings } from './settings.js'
import { PictureModelField } from './picture-model-field.js'
import { PromptField } from './prompt-field.js'
import { StartField } from './start-field.js'
import { useCapabilities, usePictureModels } from './use-picture-models.js'
import { useSubmitKeys } from '../../../state/use-submit-keys.js'
import { estimatePictures, mostPictures, requestOf, settingsOf, usePictureWish } from './wish.js'
import { enlargedSize, sizeOf } from '../enlarge/enlarged-size.js'
import { EnlargeField } from '../enlarge/enlarge-field.js'
import { EnlargeSection } from '../enlarge/enlarge-section.js'
import { useEnlargement } from '../enlarge/use-enlarging.js'
import { hasPaint, useMask } from '../mask/mask-state.js'
import { maskPng } from '../mask/paint.js'
import { BeginPart, PartNote } from '../mask/part-note.js'
import { IllustratesNote } from './illustrates-note.js'
import { TextField } from '../../../ui/text-field.js'

/** Asks a model for pictures. */
export function MakePicture({ project: summary, item }: InspectorTabProps) {
  const { handle: project, readOnly } = summary
  const [wish, change] = usePictureWish(item)
  const prompt = useBrief(project, item, readOnly)
  const list = usePictureModels()
  const { data: can, error, refetch } = useCapabilities(wish.model)
  const { versions } = useVersions(project, item)
  const [chosen] = useSelectedVersion(item)
  const history = useQuery(studio.pictures.promptHistory.queryOptions({ input: { project, limit: 30 } })).data ?? []
  const model = list.models.find((one) => one.id === (wish.model ?? can?.model.id)) ?? null

  // A part is painted anew where something was painted on the picture that is started from.
  const start = versions.find((version) => version.id === wish.image?.version)
  const mask = useMask(wish.image?.version)
  const startSize = sizeOf(start ?? null)
  const paintsPart = startSize !== null && hasPaint(mask) && can?.operations.includes('inpaint') === true
  const [width, height] = can?.sizes.find(([w, h]) => `${w}x${h}` === wish.size) ?? can?.sizes[0] ?? [0, 0]
  const enlargement = useEnlargement()
  const made = paintsPart ? startSize : { width, height }
  const canEnlarge = enlargement !== null && width > 0 && enlargedSize(made, enlargement) !== null

  const ask = useMutation({
    mutationFn: async () => {
      if (!can) return
      await prompt.keep()
      const part = paintsPart ? await maskPng(mask, startSize) : undefined
      if (part === null) throw new StudioError('bad-input', { detail: 'nothing is painted' })
      const { job } = await client.pictures.ask({ ...requestOf({ ...wish, enlarge: wish.enlarge && canEnlarge }, can, { project, item, prompt: prompt.text }), ...(part ? { mask: part } : {}) })
      watchOutput(item, { job, output: 0, instead: chosen })
      showView({ type: 'item', item })
    },
  })
  const count = Math.min(wish.count, mostPictures, can?.limits.count ?? mostPictures)
  const cannot = readOnly ? t('make.read-only') : prompt.text.trim() === '' ? t('make.needs-prompt')
    : can && prompt.text.trim().length > can.limits.prompt ? t('make.prompt-too-long', { limit: can.limits.prompt }) : null
  const isReady = cannot === null && can !== undefined && prompt.isReady && !ask.isPending
  const submit = (): void => { if (isReady) ask.mutate() }
  const takeNamed = (name?: string): void => {
    const fitting = list.models.find((one) => one.name === name)
    if (fitting) change({ model: fitting.id })
    ask.reset()
  }
  useSubmitKeys(submit)

  const recipes = [...versions.map((version) => version.recipe), ...history.map((use) => use.recipe)]
  const ms = can ? estimatePictures(recipes, can.model.name, { count, steps: settingsOf(wish, can).steps, pixels: width * height }) : null
  return (
    <>
      <div className="pane-scroll">
        <div className="pane-section">
          <PromptField
            label={t(paintsPart ? 'mask.prompt' : 'make.prompt')} project={project} value={prompt.text} isReadOnly={readOnly || !prompt.isReady} onChange={prompt.type}
            onRecall={(text, negativePrompt) => { prompt.type(text); change({ negativePrompt }) }}
          />
          {prompt.error ? <ErrorNotice error={prompt.error} steps={{ 'try-again': () => void prompt.keep().catch(() => undefined) }} /> : null}
          {can?.negativePrompt ? <TextField label={t('make.negative')} value={wish.negativePrompt} onChange={(negativePrompt) => change({ negativePrompt })} /> : null}
          {wish.illustrates ? <IllustratesNote project={project} version={wish.illustrates} onForget={() => change({ illustrates: null })} /> : null}
        </div>
        <div className="pane-section">
          <PictureModelField chosen={model} can={can} list={list} onChange={(id) => change({ model: id })} />
          {error && !can && list.models.length > 0 ? <ErrorNotice error={error} steps={{ 'try-again': () => void refetch(), models: () => showView({ type: 'models' }), 'use-largest': takeNamed }} /> : null}
          {!can && !error ? <Loading text={t('models.title')} /> : null}
          {can?.operations.includes('image-to-image') ? (
            <StartField
              project={project} versions={versions} image={wish.image} onChange={(image) => change({ image })}
              note={can.operations.includes('inpaint') && !readOnly && !paintsPart && versions.length > 0 ? <BeginPart item={item} /> : null}
            />
          ) : null}
          {paintsPart && !readOnly ? <PartNote item={item} version={start!.id} isDemo={can.model.demo} /> : null}
          {can ? (
            <Settings wish={wish} can={can} count={count} onChange={change}>
              {canEnlarge ? <EnlargeField isSelected={wish.enlarge} enlargement={enlargement} size={made} onChange={(enlarge) => change({ enlarge })} /> : null}
            </Settings>
          ) : null}
        </div>
        <EnlargeSection project={summary} item={item} versions={versions} />
      </div>
      <div className="pane-foot">
        {ask.error ? <ErrorNotice error={ask.error} onClose={() => ask.reset()} steps={{ 'try-again': submit, 'add-model': () => showView({ type: 'models' }), models: () => showView({ type: 'models' }), 'use-largest': takeNamed }} /> : null}
        <Button look="primary" size="large" wide keys="Ctrl+Enter" isDisabled={!isReady} onPress={submit}>{t('make.make-pictures', { count })}</Button>
        <p className="hint">{cannot ?? t('make.pictures-hint', { time: ms === null ? 'none' : formatDuration(ms) })}</p>
      </div>
    </>
  )
}
