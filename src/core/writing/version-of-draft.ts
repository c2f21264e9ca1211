import type { FactOf } from '../../contract/index.js'
import type { Author, ProjectReader } from '../project/index.js'
import type { LiveDraft } from './live-draft.js'

type Version = FactOf<'version'>

/** Whether the draft says the same as the version that it grew from. `hashes`: those of its blocks, where they are known. */
export function isKept(project: ProjectReader, draft: LiveDraft, { hashes } = draft.content()): boolean {
  const base = draft.base ? project.version(draft.base) : null
  return base?.content.type === 'text' && base.content.blocks.length === hashes.length && base.content.blocks.every((hash, index) => hash === hashes[index])
}

/**
 * The version that the draft would be, or null where it says the same as the head it grew from. The recipe is "by
 * hand": what a model wrote came in through proposals, whose outcomes and origin runs tell which words those are.
 */
export function versionOfDraft(
  project: ProjectReader,
  draft: LiveDraft,
  options: { author: Author; at: number; reason: Version['reason']; name?: string },
): { fact: Version; blocks: string[] } | null {
  const { author, at, reason, name } = options
  const content = draft.content()
  const { hashes, blocks, schema } = content
  if (!name && isKept(project, draft, content)) return null
  return {
    blocks,
    fact: {
      kind: 'version', at, by: author.person, item: draft.item, parents: draft.base ? [draft.base] : [],
      content: { type: 'text', schema, blocks: hashes, ...(draft.origin.length > 0 ? { origin: [...draft.origin] } : {}) },
      reason, recipe: { by: 'hand' }, ...(name ? { name } : {}),
    },
  }
}
