import { moveBox, type Box, type Limits, type Point } from './frame/box.js'

/** A rectangle on a picture, in percent of it. */
export type Region = Box

/** Regions are held in whole tenths of a percent; smaller ones than two percent could not be pointed at again. */
export const regionLimits: Limits = { bounds: { width: 100, height: 100 }, least: 2, grid: 0.1, ratio: null }

/** Where a region begins that is placed with the keys. */
export const middle: Region = { x: 35, y: 35, width: 30, height: 30 }

/** The region round a point that was pressed. */
export function regionAt({ x, y }: Point): Region {
  const side = 8
  return moveBox({ x: 0, y: 0, width: side, height: side }, x - side / 2, y - side / 2, regionLimits)
}
