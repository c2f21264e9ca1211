import { rename } from 'node:fs/promises'
import { StudioError } from '../../contract/index.js'
import type { Backend, Generated, GenerateOptions, ImageModel, PictureOutput, PictureRequest } from './backends/backend.js'
import type { MakeOptions } from './types.js'

type Options = Pick<MakeOptions, 'signal' | 'onProgress' | 'onPreview' | 'onWait'>

/** Lets a backend make one picture in a scratch folder; previews are moved to `preview` and told once they lie there. Error: `bad-output`. */
export async function runBackend(
  backend: Backend,
  model: ImageModel,
  request: PictureRequest,
  { scratch, preview, onPreview, ...options }: Options & { scratch: string; preview?: string },
): Promise<{ made: Generated; picture: PictureOutput }> {
  const moving: Promise<void>[] = []
  const move: GenerateOptions['onPreview'] = ({ number, file }) => {
    // A preview that cannot be moved is no reason to lose the picture.
    const moved = rename(file, preview!).then(() => onPreview?.(number))
    moving.push(moved.catch(() => undefined))
  }
  const made = await backend.generate(model, request, { ...options, scratch, ...(preview && onPreview && { onPreview: move }) })
  await Promise.all(moving)
  return { made, picture: pictureOf(made) }
}

/** The one picture that was asked for. Error: `bad-output`. */
export function pictureOf({ outputs: [picture] }: Generated): PictureOutput {
  if (!picture) throw new StudioError('bad-output', { detail: 'the backend gave no picture' })
  return picture
}
