import '../picture.css'
import { useMutation, useQuery } from '@tanstack/react-query'
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
import { EnlargeField } from '../enlarge/enlarge-field.js'
import { EnlargeSection } from '../enlarge/enlarge-section.js'
import { useEnlargement } from '../enlarge/use-enlarging.js'
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
  const enlargement = useEnlargement()
  const model = list.models.find((one) => one.id === (wish.model ?? can?.model.id)) ?? null

  const ask = useMutation({
    mutationFn: async () => {
      if (!can) return
      await prompt.keep()
      const { job } = await client.pictures.ask(requestOf(wish, can, { project, item, prompt: prompt.text }))
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

  const [width, height] = can?.sizes.find(([w, h]) => `${w}x${h}` === wish.size) ?? can?.sizes[0] ?? [0, 0]
  const recipes = [...versions.map((version) => version.recipe), ...history.map((use) => use.recipe)]
  const ms = can ? estimatePictures(recipes, can.model.name, { count, steps: settingsOf(wish, can).steps, pixels: width * height }) : null
  return (
    <>
      <div className="pane-scroll">
        <div className="pane-section">
          <PromptField
            project={project} value={prompt.text} isReadOnly={readOnly || !prompt.isReady} onChange={prompt.type}
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
          {can?.operations.includes('image-to-image') ? <StartField project={project} versions={versions} image={wish.image} onChange={(image) => change({ image })} /> : null}
          {can ? <Settings wish={wish} can={can} count={count} onChange={change} /> : null}
          {can && enlargement && width > 0 ? <EnlargeField isSelected={wish.enlarge} enlargement={enlargement} size={{ width, height }} onChange={(enlarge) => change({ enlarge })} /> : null}
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
