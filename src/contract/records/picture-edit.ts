import { z } from 'zod'

const pixels = z.number().int().min(1).max(65_535)
const place = z.number().int().nonnegative().max(65_535)

/**
 * One thing done to a picture by hand, in whole pixels of the picture as it is seen after the steps before: upright, whatever
 * way the camera was held. `turn` goes clockwise; `flip` lets left and right, or top and bottom, change places.
 */
export const pictureEditStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('turn'), degrees: z.union([z.literal(90), z.literal(180), z.literal(270)]) }),
  z.object({ kind: z.literal('flip'), axis: z.enum(['horizontal', 'vertical']) }),
  z.object({ kind: z.literal('crop'), x: place, y: place, width: pixels, height: pixels }),
  z.object({ kind: z.literal('resize'), width: pixels, height: pixels }),
])
export type PictureEditStep = z.infer<typeof pictureEditStep>

/** More at once is no edit of a person. */
export const pictureEditSteps = z.array(pictureEditStep).min(1).max(20)

/** What was done to the picture of a version's parent, and with which engine and build: enough to do it again to the bit. */
export const pictureEdit = z.object({ steps: pictureEditSteps, engine: z.string().max(300) })
export type PictureEdit = z.infer<typeof pictureEdit>
