import { z } from 'zod'
import { errorRecord } from '../errors.js'
import { factId, instant, pictureEditSteps, projectHandle, randomId, recipe } from '../records/index.js'
import { operation } from './base.js'
import { jobName } from './jobs.js'

const inProject = { project: projectHandle }
const side = z.number().int().min(16).max(8192)
const prompt = z.string().max(20_000)
/** Sixteen outputs count up from it, within 32 bits. */
const seed = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 32 - 17)

/** What the chosen model can do; the screen shows nothing else. Sizes and samplers: what is usual comes first. */
export const pictureCapabilities = z.object({
  model: z.object({ id: z.string(), name: z.string(), demo: z.boolean() }),
  backend: z.string(),
  operations: z.array(z.enum(['text-to-image', 'image-to-image', 'inpaint', 'upscale'])),
  sizes: z.array(z.tuple([side, side])),
  steps: z.object({ usual: z.number().int(), most: z.number().int(), fixed: z.boolean() }),
  guidance: z.object({ usual: z.number(), most: z.number() }),
  negativePrompt: z.boolean(),
  /** It can leave the background transparent. */
  transparent: z.boolean(),
  samplers: z.array(z.string()),
  limits: z.object({ prompt: z.number().int(), count: z.number().int() }),
  preview: z.boolean(),
  cancel: z.enum(['between-steps', 'by-ending', 'never']),
  /** The same recipe gives the same bytes on this computer. */
  repeatable: z.boolean(),
})
export type PictureCapabilities = z.infer<typeof pictureCapabilities>

/** Length of a mask's text: a PNG of about six megabytes. */
const mostMaskBytes = 8 * 1024 * 1024

export const pictureRequest = z.object({
  ...inProject,
  /** The image that the new versions belong to; null makes a new one, named by `title` or the first words of the prompt. */
  item: factId.nullable(),
  title: z.string().trim().min(1).max(300).optional(),
  folder: factId.nullable().optional(),
  model: z.string().nullable().optional(),
  prompt,
  negativePrompt: prompt.optional(),
  count: z.number().int().min(1).max(16).default(1),
  /** Seed of the first picture, the others count up; drawn where absent. */
  seed: seed.optional(),
  steps: z.number().int().min(1).max(1000).optional(),
  guidance: z.number().min(0).max(100).optional(),
  sampler: z.string().max(100).optional(),
  width: side.optional(),
  height: side.optional(),
  /** A picture version to start from, and how far to leave it: 0 gives it back, 1 forgets it. */
  image: z.object({ version: factId, strength: z.number().min(0).max(1) }).optional(),
  /**
   * What may change of the picture to start from, as a PNG in its shape: white is painted anew, black stays to the pixel. With it the
   * operation is `inpaint`, and the results have the size of that picture.
   */
  mask: z.base64().max(mostMaskBytes).optional(),
  /** Only the thing itself, on a transparent background. */
  transparent: z.boolean().optional(),
  /** The text version that the picture is made for. */
  illustrates: factId.optional(),
  /** Makes each picture larger as well: a second version that follows the first, each with a recipe of its own. */
  enlarge: z.boolean().optional(),
})
export type PictureRequest = z.infer<typeof pictureRequest>

/** What enlarging does on this computer. */
export const enlargement = z.object({
  model: z.object({ name: z.string(), licence: z.string().optional() }),
  /** How many times as wide and as high the result is. */
  factor: z.number().int(),
  /** Pixels that the result may have. */
  mostPixels: z.number().int(),
})
export type Enlargement = z.infer<typeof enlargement>

/** Whether a picture can be made again, said before it is tried. Reasons are message ids. */
export const remakeOutlook = z.object({
  possible: z.boolean(),
  exact: z.boolean(),
  reasons: z.array(z.enum(['by-hand', 'model-missing', 'source-missing', 'not-repeatable'])),
})
export type RemakeOutlook = z.infer<typeof remakeOutlook>

export const promptUse = z.object({
  prompt: z.string(),
  negativePrompt: z.string(),
  at: instant,
  /** How many pictures were made with it in this project, and how many of them were kept. */
  made: z.number().int(),
  kept: z.number().int(),
  /** The newest picture made with it. */
  version: factId,
  recipe,
})
export type PromptUse = z.infer<typeof promptUse>

/** Bytes of one part of a file that the page sends, and of a whole one. */
export const uploadPartBytes = 1024 * 1024
export const mostUploadBytes = 256 * 1024 * 1024

const importOutcome = z.object({
  imported: z.array(z.object({ name: z.string(), item: factId, version: factId })),
  refused: z.array(z.object({ name: z.string(), error: errorRecord })),
  /** Names of the files that did not get their turn, because it was cancelled. */
  missing: z.array(z.string()).default([]),
})
export type ImportOutcome = z.infer<typeof importOutcome>

export const pictures = {
  /** Absent or null: the model of the settings. Errors: `model-missing`, `not-a-model`. */
  capabilities: operation.input(z.object({ model: z.string().nullable().optional() })).output(pictureCapabilities),
  /** Puts a job into the queue; each picture becomes a version as it is ready. Errors: `not-supported`, `model-missing`, `not-found`. */
  ask: operation.input(pictureRequest).output(z.object({ job: z.string(), item: factId })),
  /** Null where nothing on this computer makes pictures larger. */
  enlargement: operation.output(enlargement.nullable()),
  /**
   * Puts a job into the queue for each picture; the larger one becomes a version of the same item that follows it. What is too large is
   * refused by itself, and the others are still enlarged. Errors: `model-missing`, `not-found`, `project-read-only`.
   */
  enlarge: operation.input(z.object({ ...inProject, versions: z.array(factId).min(1).max(100) })).output(
    z.object({
      jobs: z.array(z.object({ job: z.string(), item: factId, version: factId })),
      refused: z.array(z.object({ version: factId, error: errorRecord })),
    }),
  ),
  remakeOutlook: operation.input(z.object({ ...inProject, version: factId })).output(remakeOutlook),
  /** Makes a picture again and compares the bytes; the job's `remake` says how it came out. No version is made. */
  remake: operation.input(z.object({ ...inProject, version: factId })).output(z.object({ job: z.string() })),
  /**
   * Crops, turns, flips or resizes a version's picture from its full pixels; the result is a new version by hand with that one as its
   * parent. Errors: `bad-input` for a step that does not fit, `not-an-image`, `image-too-large`.
   */
  edit: operation.input(z.object({ ...inProject, version: factId, steps: pictureEditSteps })).output(z.object({ item: factId, version: factId })),
  /** Marks pictures as kept (register `picked` true) or set aside (false). Nothing is removed from the file. */
  keep: operation.input(z.object({ ...inProject, versions: z.array(factId).min(1).max(1000) })).output(z.object({})),
  discard: operation.input(z.object({ ...inProject, versions: z.array(factId).min(1).max(1000) })).output(z.object({})),
  /**
   * Brings files in, each by itself: pictures, Markdown and plain text, all else as files; a folder with all that is in it. What is
   * refused is named, and the others still come in. A job that can be cancelled: what came in until then stays.
   */
  import: operation
    .input(z.object({ ...inProject, paths: z.array(z.string().min(1).max(4096)).min(1).max(10_000), folder: factId.nullable().optional(), ...jobName }))
    .output(importOutcome),
  /**
   * Brings in a file whose bytes the page has and whose path it has not (dropped or pasted), in parts of at most 1 MB, in
   * order; a part that was sent before is not taken twice. The last part imports it. Errors: `bad-input` for a gap or a size over `mostUploadBytes`.
   */
  importBytes: operation
    .input(
      z.object({
        ...inProject,
        folder: factId.nullable().optional(),
        name: z.string().min(1).max(500),
        /** Drawn by the page, the same for all parts of a file. */
        upload: randomId,
        /** Byte at which this part begins. */
        offset: z.number().int().nonnegative(),
        bytes: z.base64().max(Math.ceil(uploadPartBytes / 3) * 4),
        last: z.boolean(),
      }),
    )
    .output(importOutcome.extend({ received: z.number().int() })),
  /** Prompts of this project's pictures, newest first, each once. */
  promptHistory: operation
    .input(z.object({ ...inProject, search: z.string().max(200).optional(), limit: z.number().int().min(1).max(500).default(50) }))
    .output(z.array(promptUse)),
}
