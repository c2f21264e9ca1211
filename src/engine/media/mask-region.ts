import type { PictureRegion } from '../../contract/index.js'

interface Size { readonly width: number; readonly height: number }

/** How much of its surroundings a painted part takes along on each side, as a share of it: a model paints what fits to them. */
const surroundings = 0.35

/** The smallest rectangle with everything that was painted; null where nothing was. */
export function paintedBox(mask: Uint8Array, { width, height }: Size): PictureRegion | null {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === 0) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/**
 * The part of a picture that a model sees: in the model's shape, with the painted box and some of its surroundings, no smaller than the
 * model paints, as long as the picture is that large. It reaches beyond the picture only where the shape asks for it.
 */
export function maskRegion(box: PictureRegion, picture: Size, model: Size): PictureRegion {
  const shape = model.width / model.height
  const wanted = { width: box.width * (1 + 2 * surroundings), height: box.height * (1 + 2 * surroundings) }
  // The whole picture, in the model's shape: more is never of use.
  const whole = Math.max(picture.width, picture.height * shape)
  const needed = Math.max(box.width, box.height * shape)
  const across = Math.min(Math.max(wanted.width, wanted.height * shape, model.width), whole)
  const width = Math.ceil(Math.max(across, needed))
  const height = Math.ceil(width / shape)
  const place = (middle: number, side: number, room: number): number =>
    side >= room ? Math.round((room - side) / 2) : Math.round(Math.max(0, Math.min(room - side, middle - side / 2)))
  return { x: place(box.x + box.width / 2, width, picture.width), y: place(box.y + box.height / 2, height, picture.height), width, height }
}
