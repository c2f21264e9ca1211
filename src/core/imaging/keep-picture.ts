import { createReadStream } from 'node:fs'
import type { FactId, FactOf } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import type { People } from '../people.js'
import type { Imaging } from './imaging.js'
import type { MadePicture } from './types.js'

/** What a runner of picture jobs works with. */
export interface Surroundings {
  readonly imaging: Imaging
  readonly projects: OpenProjects
  readonly people: People
  readonly events: Events
}

interface Keeping {
  readonly item: FactId
  /** Versions of the item that this one follows. */
  readonly parents: readonly FactId[]
  /** Message id of what undo calls it. */
  readonly label: string
  readonly made: MadePicture
}

/** Writes a picture into the project. From here on it heeds no signal: what was made is kept. */
export async function keepPicture({ imaging, people, events }: Surroundings, project: OpenProject, { item, parents, label, made }: Keeping): Promise<FactId> {
  const { writer, handle } = project
  const author = people.current()
  const { file, width, height, mediaType, recipe } = made
  const { hash, size } = await writer.writeBlob(createReadStream(file))
  const fact: FactOf<'version'> = {
    kind: 'version', at: Date.now(), by: author.person, item, parents: [...parents],
    content: { type: 'blob', hash, size, mediaType, width, height }, reason: 'generated', recipe,
  }
  const { facts } = await writer.commit({ label, author, facts: [fact] })
  // A thumbnail is a cache: without it the page gets one that is made from the picture.
  await imaging.thumbnailOf(file).then((webp) => writer.writeThumbnail(hash, webp)).catch(() => undefined)
  events.publish({ type: 'version.created', project: handle, item, version: facts[0]! })
  events.publish({ type: 'item.changed', project: handle, item })
  events.publish({ type: 'history.changed', project: handle })
  return facts[0]!
}
