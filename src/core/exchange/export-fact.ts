import { randomUUID } from 'node:crypto'
import type { FactId, FactOf } from '../../contract/index.js'
import { Slices, type Author, type ProjectReader, type ProjectWriter } from '../project/index.js'
import { leadingHead, readReviews } from '../review/index.js'

/**
 * Which of these versions are approved at this moment: an export of those is what makes an item published [STATE1]. Of pictures that
 * lie beside each other only the one that the review is about is approved, not its siblings.
 */
export async function approvedOf(project: ProjectReader, versions: readonly FactId[]): Promise<FactId[]> {
  const reviews = readReviews(project)
  const slices = new Slices()
  const approved: FactId[] = []
  for (const id of versions) {
    await slices.breathe()
    const version = project.version(id)
    const item = version && project.item(version.item)
    if (item !== null && leadingHead(project, item) === id && ['approved', 'published'].includes(reviews.state(item))) approved.push(id)
  }
  return approved
}

/** Writes down that these versions left the project. A project that can only be read keeps no such record. */
export async function recordExport(project: ProjectWriter, author: Author, versions: readonly FactId[], format: string): Promise<void> {
  if (project.readOnly || versions.length === 0) return
  const approved = await approvedOf(project, versions)
  const fact: FactOf<'export'> = {
    kind: 'export', at: Date.now(), by: author.person, nonce: randomUUID(), versions: [...versions], format, approved,
  }
  await project.commit({ label: 'undo.export', author, sign: true, undoable: false, facts: [fact] })
}
