import { emptyDocument, mergeTexts, type DocumentNode } from '../../document/index.js'
import type { FactId } from '../../contract/index.js'
import type { ProjectReader } from '../project/index.js'
import { readVersion } from '../writing/index.js'

/** The text that a merge starts from. Several common ancestors are first merged themselves [MERGE1]. */
export function ancestorText(project: ProjectReader, ancestors: readonly FactId[]): DocumentNode {
  const [first, ...others] = ancestors
  if (!first) return emptyDocument()
  return others.reduce<{ doc: DocumentNode; id: FactId }>((merged, id) => {
    const below = project.commonAncestors(merged.id, id).filter((one) => one !== id && one !== merged.id)
    return { doc: mergeTexts(ancestorText(project, below), merged.doc, readVersion(project, id)).doc, id }
  }, { doc: readVersion(project, first), id: first }).doc
}
