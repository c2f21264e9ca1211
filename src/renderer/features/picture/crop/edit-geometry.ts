import type { PictureEditStep } from '../../../../contract/index.js'
import type { Box } from '../frame/box.js'
import type { Size } from '../view/zoom.js'

type Turn = 0 | 90 | 180 | 270

/** A box of a picture where it stands after the picture was turned clockwise. */
export function turnBox({ x, y, width, height }: Box, of: Size, degrees: Turn): Box {
  switch (degrees) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: of.height - y - height, y: x, width: height, height: width }
    case 180:
      return { x: of.width - x - width, y: of.height - y - height, width, height }
    case 270:
      return { x: y, y: of.width - x - width, width: height, height: width }
  }
}

export const flipBox = (box: Box, of: Size, axis: 'horizontal' | 'vertical'): Box =>
  axis === 'horizontal' ? { ...box, x: of.width - box.x - box.width } : { ...box, y: of.height - box.y - box.height }

export const turnSize = ({ width, height }: Size, degrees: Turn): Size => (degrees % 180 === 0 ? { width, height } : { width: height, height: width })

/** Less of a region than this is no place to point at. */
const leastShare = 0.25

/**
 * Where a box of a picture stands after the picture was edited, cut at its new edges, and the size of the result. Null where less than
 * a quarter of it is left.
 */
export function boxAfter(box: Box, of: Size, steps: readonly PictureEditStep[]): { readonly box: Box; readonly size: Size } | null {
  let now = { box, size: of }
  for (const step of steps) {
    const { size } = now
    switch (step.kind) {
      case 'turn':
        now = { box: turnBox(now.box, size, step.degrees), size: turnSize(size, step.degrees) }
        break
      case 'flip':
        now = { box: flipBox(now.box, size, step.axis), size }
        break
      case 'crop': {
        const left = Math.max(now.box.x, step.x)
        const top = Math.max(now.box.y, step.y)
        const width = Math.min(now.box.x + now.box.width, step.x + step.width) - left
        const height = Math.min(now.box.y + now.box.height, step.y + step.height) - top
        if (width <= 0 || height <= 0 || width * height < leastShare * now.box.width * now.box.height) return null
        now = { box: { x: left - step.x, y: top - step.y, width, height }, size: { width: step.width, height: step.height } }
        break
      }
      case 'resize': {
        const [across, down] = [step.width / size.width, step.height / size.height]
        now = { box: { x: now.box.x * across, y: now.box.y * down, width: now.box.width * across, height: now.box.height * down }, size: { width: step.width, height: step.height } }
        break
      }
    }
  }
  return now
}
