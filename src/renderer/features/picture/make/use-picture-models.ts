import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ModelView } from '../../../../contract/index.js'
import { studio } from '../../../studio.js'

/** Picture models of this computer. */
export function usePictureModels() {
  const query = useQuery(studio.models.list.queryOptions())
  const models = (query.data ?? []).filter((model) => model.kind === 'image' && model.path !== null)
  return { query, models }
}

/** What a model can do; null asks for that of the settings. Asking starts the picture engine. */
export function useCapabilities(model: string | null, { enabled = true } = {}) {
  return useQuery({ ...studio.pictures.capabilities.queryOptions({ input: { model } }), placeholderData: keepPreviousData, enabled })
}

/** A demo says so wherever its name stands. */
export function modelName(model: Pick<ModelView, 'name' | 'demo'>, demo: string): string {
  return model.demo && !model.name.toLowerCase().includes(demo.toLowerCase()) ? `${model.name} (${demo})` : model.name
}
