import { toPlainText } from '../../document/index.js'
import type { FactId } from '../../contract/index.js'
import type { ProjectReader } from '../project/index.js'
import { LiveDraft } from '../writing/index.js'
import type { SearchItem } from './types.js'

/** Newest versions whose prompts are found; older prompts are mostly the same words again. */
const PROMPTS_OF_VERSIONS = 30

function promptsOf(project: ProjectReader, item: FactId): string[] {
  const recipes = project.versions(item, { limit: PROMPTS_OF_VERSIONS }).map((row) => row.fact.recipe)
  return [...new Set(recipes.flatMap((recipe) => ('prompt' in recipe ? [recipe.prompt] : [])))]
}

/** What can be found of an item: its title and newest words, its brief and prompts, its comments and tags; nothing of one that is set aside. */
export function searchItem(project: ProjectReader, item: FactId): SearchItem {
  const row = project.item(item)
  if (!row || row.deleted) return { item, kind: 'file', title: '', documents: [] }
  const { kind, title, brief, tags } = row
  const prompts = [brief, ...promptsOf(project, item)].filter(Boolean).join('\n')
  const comments = project.factsOf('comment', item).map(({ fact }) => fact.text).join('\n')
  return {
    item, kind, title,
    documents: [
      kind === 'text' ? { document: `text ${item}`, place: 'text', body: toPlainText(LiveDraft.load(project, item).doc) } : { document: `title ${item}`, place: 'title', body: '' },
      { document: `prompt ${item}`, place: 'prompt', body: prompts },
      { document: `tag ${item}`, place: 'tag', body: tags.join('\n') },
      { document: `comment ${item}`, place: 'comment', body: comments },
    ],
  }
}
