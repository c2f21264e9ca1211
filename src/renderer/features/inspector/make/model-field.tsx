import { useQuery } from '@tanstack/react-query'
import type { ModelView } from '../../../../contract/index.js'
import { formatSize } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { useSettings } from '../../../state/settings.js'
import { studio } from '../../../studio.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Note } from '../../../ui/note.js'
import { Select } from '../../../ui/select.js'
import { AddModel } from '../../models/add-model.js'

export function useTextModels() {
  const query = useQuery(studio.models.list.queryOptions())
  const settings = useSettings()
  const models = (query.data ?? []).filter((model) => model.kind === 'text' && model.path !== null)
  const usable = models.filter((model) => model.problem === null && model.fit !== 'too-large')
  const preferred = usable.find((model) => model.id === settings?.textModel) ?? usable.find((model) => model.builtIn) ?? usable[0] ?? models[0] ?? null
  return { query, models, preferred }
}

export function fitOf(model: ModelView): string {
  if (model.problem) return model.problem
  if (model.neededBytes === null) return t(`fit.${model.fit}`)
  const size = formatSize(model.neededBytes)
  return model.loaded ? t('fit.loaded', { size }) : t(`fit.needs.${model.fit}`, { size })
}

interface ModelFieldProps {
  readonly chosen: ModelView | null
  readonly models: readonly ModelView[]
  readonly onChange: (model: string) => void
  readonly query: ReturnType<typeof useTextModels>['query']
}

export function ModelField({ chosen, models, onChange, query }: ModelFieldProps) {
  if (query.error && !query.data) return <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} />
  if (query.data && models.length === 0)
    return (
      <Note icon="models" warn actions={<AddModel size="small" />}>
        {t('make.no-model')}. {t('make.no-model-text')}
      </Note>
    )
  return (
    <Select
      label={t('make.model')}
      note={chosen ? <span className={chosen.fit === 'too-large' || chosen.problem ? 'danger' : 'secondary'}>{fitOf(chosen)}</span> : null}
      value={chosen?.id ?? null}
      onChange={onChange}
      choices={models.map((model) => ({
        id: model.id,
        name: model.demo && !/demo/i.test(model.name) ? `${model.name} (${t('model.demo')})` : model.name,
        about: `${model.about} ${fitOf(model)}`.trim(),
      }))}
    />
  )
}
