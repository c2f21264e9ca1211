import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, type FactId, type FactOf } from '../../contract/index.js'
import { newItem } from '../new-item.js'
import type { OpenProject } from '../open-projects.js'
import { factIdOf, type Author } from '../project/index.js'
import { findPicture } from './blob-files.js'
import type { Imaging } from './imaging.js'

/** Shapes that differ by less are the same, painted on a canvas of another size. */
const shapeTolerance = 0.02

/**
 * Keeps the mask of a picture, so that what is painted through it can be made again. It is a version like others, of an item that
 * never lay on the desk: merging, checking and copying a project take it along without knowing of masks. Nothing is written where it
 * does not fit. Errors: `bad-input` for another shape than the picture's, `not-an-image`.
 */
export async function keepMask(
  { imaging, project, author }: { imaging: Imaging; project: OpenProject; author: Author },
  mask: { of: FactId; png: Uint8Array; title: string },
): Promise<FactId> {
  const { writer } = project
  const { content } = findPicture(writer, mask.of)
  return imaging.scratch.with(async (folder) => {
    const file = join(folder, 'mask.png')
    await writeFile(file, mask.png)
    const { width, height, mediaType } = await imaging.lookAt(file)
    if (content.width && content.height && Math.abs((width * content.height) / (height * content.width) - 1) > shapeTolerance)
      throw new StudioError('bad-input', { detail: `a mask of ${width} × ${height} on a picture of ${content.width} × ${content.height} pixels` })
    const { hash, size } = await writer.writeBlob(createReadStream(file))
    const { id: item, fact, registers } = newItem(writer, author, { kind: 'image', title: mask.title, folder: null })
    const version: FactOf<'version'> = {
      kind: 'version', at: Date.now(), by: author.person, item, parents: [], content: { type: 'blob', hash, size, mediaType, width, height }, reason: 'source', recipe: { by: 'hand' },
    }
    await writer.commit({ label: 'undo.generate', author, facts: [fact, version], registers: [...registers, { target: item, name: 'deleted', value: true }], undoable: false })
    return factIdOf(version)
  })
}
