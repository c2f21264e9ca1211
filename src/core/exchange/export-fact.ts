import { randomUUID } from 'node:crypto'
import type { FactId, FactOf } from '../../contract/index.js'
import type { ProjectReader, ProjectWriter, Author } from '../project/index.js'
import { readReviews } from '../review/index.js'

/** Which of these versions are approved at this moment: an export of those is what makes an item published [STATE1]. */
export function approvedOf(project: ProjectReader, versions: readonly FactId[]): FactId[] {
  const reviews = readReviews(project)
  return versions.filter((id) => {
    const version = project.version(id)
    const item = version && project.item(version.item)
    return item !== null && item.heads.includes(id) && ['approved', 'published'].includes(reviews.state(item))
  })
}

/** Writes down that these versions left the project. A project that can only be read keeps no such record. */
export async function recordExport(project: ProjectWriter, author: Author, versions: readonly FactId[], format: string): Promise<void> {
  if (project.readOnly || versions.length === 0) return
  const fact: FactOf<'export'> = {
    kind: 'export', at: Date.now(), by: author.person, nonce: randomUUID(), versions: [...versions], format, approved: approvedOf(project, versions),
  }
  await project.commit({ label: 'undo.export', author, sign: true, undoable: false, facts: [fact] })
}
