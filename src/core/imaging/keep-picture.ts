import { createReadStream } from 'node:fs'
import type { FactId, FactOf } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { OpenProject } from '../open-projects.js'
import type { People } from '../people.js'
import type { Imaging } from './imaging.js'
import type { PictureFile } from './types.js'

/** What keeping a picture takes. */
export interface KeepingPictures {
  readonly imaging: Imaging
  readonly people: People
  readonly events: Events
}

/** A picture's version, but for its content. `label`: message id of what undo calls it. */
type Keeping = Pick<FactOf<'version'>, 'item' | 'parents' | 'reason' | 'recipe'> & { readonly label: string }

/** Writes a picture into the project as a version, in a commit of its own, with its thumbnail, and says so. It heeds no signal: what was made is kept. */
export async function keepPicture({ imaging, people, events }: KeepingPictures, project: OpenProject, picture: PictureFile, { label, ...told }: Keeping): Promise<FactId> {
  const { writer, handle } = project
  const author = people.current()
  const { file, width, height, mediaType } = picture
  const { hash, size } = await writer.writeBlob(createReadStream(file))
  const fact: FactOf<'version'> = { kind: 'version', at: Date.now(), by: author.person, ...told, content: { type: 'blob', hash, size, mediaType, width, height } }
  const { facts } = await writer.commit({ label, author, facts: [fact] })
  // A thumbnail is a cache: without it the page gets one that is made from the picture.
  await imaging.thumbnailOf(file).then((webp) => writer.writeThumbnail(hash, webp)).catch(() => undefined)
  events.publish({ type: 'version.created', project: handle, item: told.item, version: facts[0]! })
  events.publish({ type: 'item.changed', project: handle, item: told.item })
  events.publish({ type: 'history.changed', project: handle })
  return facts[0]!
}
