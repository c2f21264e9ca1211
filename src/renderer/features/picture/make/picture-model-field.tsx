import type { ModelView, PictureCapabilities } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Icon } from '../../../ui/icon.js'
import { Note } from '../../../ui/note.js'
import { Select } from '../../../ui/select.js'
import { fitOf } from '../../inspector/make/model-field.js'
import { AddModel } from '../../models/add-model.js'
import { modelName, type usePictureModels } from './use-picture-models.js'

interface PictureModelFieldProps {
  readonly chosen: ModelView | null
  readonly can: PictureCapabilities | undefined
  readonly list: ReturnType<typeof usePictureModels>
  readonly onChange: (model: string) => void
}

/** Which model makes the pictures. A demo is called one; it and the one that came along say what they cannot do before they are used. */
export function PictureModelField({ chosen, can, list: { models, query }, onChange }: PictureModelFieldProps) {
  if (query.error && !query.data) return <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
  if (query.data && models.length === 0) return <Note icon="models" warn actions={<AddModel size="small" />}>{t('make.no-picture-model')}</Note>
  const isDemo = chosen?.demo ?? can?.model.demo ?? false
  return (
    <>
      <Select
        label={t('make.model')} note={chosen ? <span className={chosen.fit === 'too-large' || chosen.problem ? 'danger' : 'secondary'}>{fitOf(chosen)}</span> : null}
        value={chosen?.id ?? null} onChange={onChange}
        choices={models.map((model) => ({ id: model.id, name: modelName(model, t('model.demo')), about: `${model.about} ${fitOf(model)}`.trim() }))}
      />
      {chosen && (isDemo || chosen.builtIn) ? <p className="hint demo-hint"><Icon name="info" small /><span>{chosen.about} {can && isDemo ? cannot(can) : ''}</span></p> : null}
    </>
  )
}

/** What a model cannot do of what others can. */
function cannot(can: PictureCapabilities): string {
  const [only] = can.sizes
  const missing = [
    ...(can.operations.includes('image-to-image') ? [] : [t('make.cannot-start')]),
    ...(can.negativePrompt ? [] : [t('make.cannot-negative')]),
    ...(can.sizes.length === 1 && only ? [t('make.cannot-size', { width: only[0], height: only[1] })] : []),
  ]
  return missing.length === 0 ? '' : t('make.cannot', { what: missing.join(', ') })
}
