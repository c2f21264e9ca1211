import { emptyDocument, mergeTexts, type DocumentNode } from '../../document/index.js'
import type { FactId } from '../../contract/index.js'
import type { ProjectReader } from '../project/index.js'
import { readVersion } from '../writing/index.js'

/** A version and all that it grew from. */
function lineOf(project: ProjectReader, version: FactId): Set<FactId> {
  const found = new Set<FactId>([version])
  const queue = [version]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const parent of project.version(at)?.fact.parents ?? []) {
      if (found.has(parent)) continue
      found.add(parent)
      queue.push(parent)
    }
  }
  return found
}

/** The nearest versions that both grew from: several where two people merged each other's work before. */
export function commonAncestors(project: ProjectReader, a: FactId, b: FactId): FactId[] {
  const lineOfB = lineOf(project, b)
  const common = [...lineOf(project, a)].filter((id) => lineOfB.has(id))
  const covered = new Set(common.flatMap((id) => [...lineOf(project, id)].filter((other) => other !== id)))
  return common.filter((id) => !covered.has(id)).sort()
}

/** The text that a merge starts from. Several common ancestors are first merged themselves [MERGE1]. */
export function ancestorText(project: ProjectReader, ancestors: readonly FactId[]): DocumentNode {
  const [first, ...others] = ancestors
  if (!first) return emptyDocument()
  return others.reduce<{ doc: DocumentNode; id: FactId }>((merged, id) => {
    const below = commonAncestors(project, merged.id, id).filter((one) => one !== id && one !== merged.id)
    return { doc: mergeTexts(ancestorText(project, below), merged.doc, readVersion(project, id)).doc, id }
  }, { doc: readVersion(project, first), id: first }).doc
}
