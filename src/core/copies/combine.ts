import { StudioError, type Fact, type FactId, type VersionContent } from '../../contract/index.js'
import { resolveMerge, schemaVersion, toBlocks, type DocumentNode } from '../../document/index.js'
import type { OpenProject } from '../open-projects.js'
import type { Author, ItemRow } from '../project/index.js'
import { sha256, type Drafts } from '../writing/index.js'
import { mergeHeads } from './heads.js'

/**
 * Makes one version of two heads, with both as parents [MERGE1]. Texts are merged with a pick for each conflict; of
 * pictures one is kept. Errors: `bad-input` for a conflict without a pick, or a `keep` that is no head.
 */
export async function combineHeads(
  services: { project: OpenProject; drafts: Drafts; author: Author },
  item: ItemRow,
  choice: { picks: readonly ('a' | 'b' | 'both')[]; between?: readonly [FactId, FactId]; keep?: FactId },
): Promise<FactId> {
  const { project, drafts, author } = services
  const { content, blocks, doc, parents } = item.kind === 'text' ? combineTexts(project, item, choice) : keepOne(project, item, choice.keep)
  const fact: Fact = {
    kind: 'version', at: Date.now(), by: author.person, item: item.id, parents,
    content, reason: 'combined', recipe: { by: 'hand' },
  }
  const { facts } = await project.writer.commit({ label: 'undo.combine', author, facts: [fact], blocks })
  if (doc) await drafts.replace(project, item.id, doc, facts[0]!)
  return facts[0]!
}

interface Combined { content: VersionContent; blocks: string[]; doc: DocumentNode | null; parents: FactId[] }

function combineTexts(project: OpenProject, item: ItemRow, { picks, between }: { picks: readonly ('a' | 'b' | 'both')[]; between?: readonly [FactId, FactId] }): Combined {
  const { a, b, merged } = mergeHeads(project.writer, item, between)
  if (picks.length !== merged.conflicts.length) throw new StudioError('bad-input', { detail: `${merged.conflicts.length} places need a pick` })
  const doc = resolveMerge(merged, picks)
  const { hashes, blocks } = toBlocks(doc, sha256)
  return { content: { type: 'text', schema: schemaVersion, blocks: hashes }, blocks, doc, parents: [a, b] }
}

function keepOne(project: OpenProject, item: ItemRow, keep: FactId | undefined): Combined {
  const row = keep && item.heads.includes(keep) ? project.writer.version(keep) : null
  if (!row) throw new StudioError('bad-input', { detail: 'choose the head that stays' })
  return { content: row.content, blocks: [], doc: null, parents: [...item.heads] }
}
