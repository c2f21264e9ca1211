import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodePreview } from './png.js'

export interface RawPreview {
  readonly number: number
  readonly width: number
  readonly height: number
}

/**
 * Turns the raw previews of the engine into a PNG in the scratch folder, one at a time. One that comes while another is
 * being written is left out: the next is already on its way. `settle` waits for the one in work, which is still told: of a quick
 * picture it is the only one. After it none is.
 */
export function createPreviewWriter(
  raw: string,
  scratch: string,
  tell: (preview: { number: number; file: string }) => void,
): { take(preview: RawPreview): void; settle(): Promise<void> } {
  const file = join(scratch, 'preview.png')
  let working: Promise<void> | null = null
  let ended = false
  async function write({ number, width, height }: RawPreview): Promise<void> {
    const rgb = await readFile(raw)
    // The engine may already have written a preview of another size.
    if (rgb.length !== width * height * 3) return
    await writeFile(`${file}.part`, await encodePreview(rgb, width, height))
    await rename(`${file}.part`, file)
    tell({ number, file })
  }
  return {
    take(preview) {
      if (ended) return
      // A preview that cannot be written is no reason to lose the picture.
      working ??= write(preview)
        .catch(() => undefined)
        .finally(() => {
          working = null
        })
    },
    async settle() {
      ended = true
      await working
    },
  }
}
