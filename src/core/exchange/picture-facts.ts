import type { XmpFacts } from '../imaging/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'
import { recipesOfBytes, sourceTypeOf } from './source-type.js'

/** What a picture on its way out says in itself of how it came to be. */
export function factsForXmp(project: ProjectReader, version: VersionRow, options: { tool: string; title: string; prompts: boolean }): XmpFacts {
  const made = recipesOfBytes(project, version).filter((recipe) => recipe.by === 'image-model').reverse()
  const drawn = made.find(({ operation }) => operation !== 'upscale')
  const models = [...new Set(made.map(({ model }) => model.name))]
  const origin = sourceTypeOf(project, version)
  return {
    ...(origin ? { origin } : {}), tool: options.tool, title: options.title,
    ...(models.length > 0 ? { model: models.join(', ') } : {}), ...(drawn && options.prompts ? { prompt: drawn.prompt } : {}),
  }
}
