import { join } from 'node:path'
import { StudioError, type PictureEdit, type PictureEditStep, type Recipe } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { hashFile } from './hash-file.js'
import type { Scratch } from './scratch.js'
import type { PictureFile } from './types.js'

/** What was done by hand to make a picture; null where a model made it, or nobody here. */
export const editOf = (recipe: Recipe): PictureEdit | null => (recipe.by === 'hand' ? (recipe.edit ?? null) : null)

/** Cropping, turning, flipping and resizing pictures, through the media engine. */
export function createEditing({ engines, scratch }: { engines: Engines; scratch: Scratch }) {
  /** Does the steps to a file; the result lies in `folder`. Errors: `bad-input`, `not-an-image`, `image-too-large`, `cancelled`. */
  async function editPicture(
    file: string,
    steps: readonly PictureEditStep[],
    { folder, signal }: { folder: string; signal?: AbortSignal },
  ): Promise<PictureFile & { engine: string }> {
    const output = join(folder, 'edited.png')
    const { width, height, engine } = await engines.call('media', 'edit', { path: file, output, steps: [...steps] }, { signal })
    return { file: output, width, height, mediaType: 'image/png', engine }
  }

  return {
    editPicture,

    /** Does the steps again and compares the bytes with those that there were. */
    async repeatEdit(
      { steps, engine }: PictureEdit,
      original: { sha256: string; imageFile?: string },
      options: { signal?: AbortSignal } = {},
    ): Promise<{ identical: boolean; sha256: string; sameEngine: boolean }> {
      const { imageFile } = original
      if (!imageFile) throw new StudioError('bad-input', { detail: 'the picture that was edited is missing' })
      return scratch.with(async (folder) => {
        const made = await editPicture(imageFile, steps, { folder, signal: options.signal })
        const sha256 = await hashFile(made.file)
        return { identical: sha256 === original.sha256, sha256, sameEngine: made.engine === engine }
      })
    },
  }
}
