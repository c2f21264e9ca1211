import type { XmpFacts } from '../imaging/index.js'
import type { ProjectReader, VersionRow } from '../project/index.js'
import { recipeOfBytes, sourceTypeOf } from './source-type.js'

/** What a picture on its way out says in itself of how it came to be. */
export function factsForXmp(project: ProjectReader, version: VersionRow, options: { tool: string; title: string; prompts: boolean }): XmpFacts {
  const recipe = recipeOfBytes(project, version)
  const origin = sourceTypeOf(project, version)
  return {
    ...(origin ? { origin } : {}), tool: options.tool, title: options.title,
    ...(recipe.by === 'image-model' ? { model: recipe.model.name, ...(options.prompts ? { prompt: recipe.prompt } : {}) } : {}),
  }
}
