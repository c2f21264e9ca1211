import type { FactId, Recipe, Sha256 } from '../../contract/index.js'
import type { ItemRow, ProjectReader, Slices, VersionRow } from '../project/index.js'
import { recipesOfBytes, sourceTypeOf } from './source-type.js'

export const manifestName = 'manifest.json'

/** The recipe without what a person asked for. The hash of a prompt goes, too: a short one can be guessed from it. */
export function withoutPrompts(recipe: Recipe): Partial<Recipe> {
  if (recipe.by === 'text-model') {
    const { prompt: _prompt, selection: _selection, promptHash: _hash, ...rest } = recipe
    return rest
  }
  if (recipe.by === 'image-model') {
    const { prompt: _prompt, negativePrompt: _negative, ...rest } = recipe
    return rest
  }
  return recipe
}

/** Recipes of the proposals of which a person accepted something, oldest first: how a model had part in a text. */
function acceptedRecipes(project: ProjectReader, item: FactId): Recipe[] {
  return project.factsOf('proposal', item)
    .filter(({ id }) => project.outcomes(id).some(({ fact }) => fact.outcome === 'accepted'))
    .map(({ fact }) => fact.recipe)
}

export interface ManifestFile { readonly name: string; readonly mediaType: string; readonly bytes: number; readonly sha256: Sha256; readonly item: ItemRow; readonly version: VersionRow }

/**
 * What an export says of itself and of each of its files, as JSON in parts: with ten thousand files it is too much to be made in
 * one go.
 */
export async function manifestOf(
  project: ProjectReader, files: readonly ManifestFile[], options: { tool: string; at: number; prompts: boolean; approved: readonly FactId[]; slices: Slices },
): Promise<Uint8Array[]> {
  const { id, title } = project.project()
  const head = {
    format: 'galley-export', formatVersion: 1, tool: options.tool, exportedAt: new Date(options.at).toISOString(), prompts: options.prompts,
    project: { id, title }, files: [],
  }
  const [before, after] = JSON.stringify(head, null, 2).split('"files": []') as [string, string]
  if (files.length === 0) return [Buffer.from(`${before}"files": []${after}\n`, 'utf8')]
  const approved = new Set(options.approved)
  const parts = [Buffer.from(`${before}"files": [\n`, 'utf8')]
  for (const [index, file] of files.entries()) {
    const text = JSON.stringify(entryOf(project, file, { prompts: options.prompts, approved }), null, 2).replaceAll('\n', '\n    ')
    parts.push(Buffer.from(`    ${text}${index < files.length - 1 ? ',' : ''}\n`, 'utf8'))
    await options.slices.breathe()
  }
  return [...parts, Buffer.from(`  ]${after}\n`, 'utf8')]
}

function entryOf(project: ProjectReader, { name, mediaType, bytes, sha256, item, version }: ManifestFile, options: { prompts: boolean; approved: ReadonlySet<FactId> }) {
  const told = options.prompts ? (recipe: Recipe) => recipe : withoutPrompts
  const sourceType = version.content.type === 'blob' ? sourceTypeOf(project, version) : null
  const { fact } = version
  const [recipe, ...before] = recipesOfBytes(project, version) as [Recipe, ...Recipe[]]
  return {
    name, mediaType, bytes, sha256,
    item: { id: item.id, title: item.title, kind: item.kind },
    version: {
      id: version.id, ordinal: version.ordinal, at: new Date(fact.at).toISOString(), person: project.personName(fact.by), reason: fact.reason, parents: fact.parents,
      ...(fact.name ? { name: fact.name } : {}), approved: options.approved.has(version.id),
    },
    recipe: told(recipe),
    // Cropping or enlarging is all that its own recipe says; what was cropped or enlarged is told as well.
    ...(before.length > 0 ? { madeFrom: before.map(told) } : {}),
    ...(sourceType ? { digitalSourceType: `http://cv.iptc.org/newscodes/digitalsourcetype/${sourceType}` } : {}),
    ...(version.content.type === 'text' ? { proposals: acceptedRecipes(project, item.id).map(told) } : {}),
  }
}
