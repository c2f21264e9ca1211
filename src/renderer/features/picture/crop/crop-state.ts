import type { PictureEditStep } from '../../../../contract/index.js'
import { boxOfRatio, type Box, type Limits } from '../frame/box.js'
import type { Size } from '../view/zoom.js'
import { flipBox, turnBox, turnSize } from './edit-geometry.js'

/** What a person has set so far. The picture is turned clockwise, then flipped; the box lies on what is seen of that. */
export interface CropState {
  readonly source: Size
  readonly turn: 0 | 90 | 180 | 270
  /** Left and right have changed places. */
  readonly isFlipped: boolean
  readonly box: Box
  readonly ratio: number | null
  /** Width in pixels that the result is brought to; null: the box's own. */
  readonly width: number | null
}

/** The largest side of a result. */
export const largestSide = 16_384
const largestPixels = 100_000_000

export const beginCrop = (source: Size): CropState => ({ source, turn: 0, isFlipped: false, box: { x: 0, y: 0, ...source }, ratio: null, width: null })

/** Size of the picture as it is turned now. */
export const seenSize = ({ source, turn }: CropState): Size => turnSize(source, turn)

export const cropLimits = (state: CropState): Limits => ({ bounds: seenSize(state), least: 1, grid: 1, ratio: state.ratio })

export function turned(state: CropState, by: 90 | 270): CropState {
  // Seen in a mirror, clockwise is the other way round.
  const step = state.isFlipped ? 360 - by : by
  return { ...state, turn: ((state.turn + step) % 360) as CropState['turn'], box: turnBox(state.box, seenSize(state), by), ratio: state.ratio === null ? null : 1 / state.ratio, width: null }
}

export function flipped(state: CropState, axis: 'horizontal' | 'vertical'): CropState {
  const box = flipBox(state.box, seenSize(state), axis)
  // Top and bottom change places where left and right do and the picture is turned upside down.
  const turn = axis === 'vertical' ? (((state.turn + 180) % 360) as CropState['turn']) : state.turn
  return { ...state, turn, isFlipped: !state.isFlipped, box }
}

export const withRatio = (state: CropState, ratio: number | null): CropState => ({ ...state, ratio, box: boxOfRatio(state.box, cropLimits({ ...state, ratio })) })

/** Size of the result in pixels. */
export function resultSize({ box, width }: CropState): Size {
  if (width === null) return { width: box.width, height: box.height }
  return { width, height: Math.max(1, Math.round((width * box.height) / box.width)) }
}

/** Brings the result to a width or a height, the other side following, as far as a picture may be large. */
export function resized(state: CropState, wanted: { width: number } | { height: number }): CropState {
  const { box } = state
  const asked = 'width' in wanted ? wanted.width : (wanted.height * box.width) / box.height
  const most = Math.min(largestSide, (largestSide * box.width) / box.height, Math.sqrt((largestPixels * box.width) / box.height))
  const width = Math.max(1, Math.min(Math.round(asked), Math.floor(most)))
  return { ...state, width: width === box.width ? null : width }
}

/** What has to be done to the picture; empty where nothing was changed. */
export function stepsOf(state: CropState): PictureEditStep[] {
  const { turn, isFlipped, box } = state
  const seen = seenSize(state)
  const size = resultSize(state)
  // Upside down and in a mirror is what people call flipped.
  const isUpended = isFlipped && turn === 180
  return [
    ...(turn === 0 || isUpended ? [] : [{ kind: 'turn' as const, degrees: turn }]),
    ...(isFlipped ? [{ kind: 'flip' as const, axis: isUpended ? ('vertical' as const) : ('horizontal' as const) }] : []),
    ...(box.width === seen.width && box.height === seen.height ? [] : [{ kind: 'crop' as const, ...box }]),
    ...(size.width === box.width && size.height === box.height ? [] : [{ kind: 'resize' as const, ...size }]),
  ]
}
