import { z } from 'zod'
import { errorRecord } from './errors.js'
import { pictureEditSteps } from './records/picture-edit.js'

/**
 * What core and an engine process say to each other. Everything is JSON, so that it travels through any port; bytes
 * (pictures, previews) go through files in a scratch folder that core names in the request.
 */
export const engineRole = z.enum(['text', 'image', 'media'])
export type EngineRole = z.infer<typeof engineRole>

export const toEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id: z.number().int(), method: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  z.object({ type: z.literal('ping'), id: z.number().int() }),
])
export type ToEngine = z.infer<typeof toEngine>

export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), role: engineRole, build: z.string() }),
  z.object({ type: z.literal('progress'), id: z.number().int(), value: z.unknown() }),
  z.object({ type: z.literal('result'), id: z.number().int(), value: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number().int(), error: errorRecord }),
  z.object({ type: z.literal('pong'), id: z.number().int() }),
])
export type FromEngine = z.infer<typeof fromEngine>

/** One method of an engine: its parameters, its result and what it reports on the way. */
interface EngineMethod {
  params: z.ZodType
  result: z.ZodType
  progress: z.ZodType
}

const nothing = z.null()

export const textEngine = {
  /** Reads a GGUF header without loading the weights. */
  inspect: {
    params: z.object({ path: z.string() }),
    result: z.object({
      architecture: z.string(), name: z.string(), parameters: z.number(), trainContext: z.number().int(), fileSize: z.number(),
      chatTemplate: z.boolean(), licence: z.string().optional(),
      /** Bytes of key-value cache for one token of context. */
      bytesPerToken: z.number(),
    }),
    progress: nothing,
  },
  load: {
    params: z.object({ path: z.string(), contextSize: z.number().int().positive(), threads: z.number().int().positive(), sequences: z.number().int().min(1).max(8) }),
    result: z.object({ residentBytes: z.number(), contextSize: z.number().int(), engine: z.string() }),
    progress: z.object({ share: z.number() }),
  },
  unload: { params: z.object({}), result: z.object({}), progress: nothing },
  write: {
    params: z.object({
      /** Prompt parts in the fixed order system, document, instruction, so that the prefix is reused between requests. */
      system: z.string(), document: z.string(), instruction: z.string(),
      /** Words that the answer starts from: the model goes on where they end (for "continue"). */
      begin: z.string().optional(),
      seed: z.number().int().nonnegative(), temperature: z.number(), topP: z.number(), topK: z.number().int(), maxTokens: z.number().int().positive(),
      /** Divides the likeliness of what the last 64 tokens of the answer hold; above 1 against loops. Absent: 1, no effect. */
      repeatPenalty: z.number().min(1).max(2).optional(),
    }),
    result: z.object({
      text: z.string(), promptHash: z.string(), promptTokens: z.number().int(), reusedTokens: z.number().int(), tokens: z.number().int(), firstTokenMs: z.number(),
      tokensPerSecond: z.number(), stopped: z.enum(['end', 'length', 'person']), contextSize: z.number().int(), threads: z.number().int(), engine: z.string(),
    }),
    progress: z.object({ delta: z.string(), tokens: z.number().int() }),
  },
} as const satisfies Record<string, EngineMethod>

export const imageEngine = {
  /** Reads a diffusers-style folder and says what it can do, without loading weights. */
  inspect: {
    params: z.object({ path: z.string() }),
    result: z.object({
      pipeline: z.string(), name: z.string(), fileSize: z.number(), sizes: z.array(z.tuple([z.number().int(), z.number().int()])),
      steps: z.number().int(), guidance: z.number(), fixedSteps: z.boolean(), negativePrompt: z.boolean(), operations: z.array(z.string()), samplers: z.array(z.string()),
      /** It can leave the background transparent. */
      transparent: z.boolean(),
    }),
    progress: nothing,
  },
  load: {
    params: z.object({ path: z.string(), threads: z.number().int().positive() }),
    result: z.object({ residentBytes: z.number(), engine: z.string() }),
    progress: z.object({ share: z.number() }),
  },
  unload: { params: z.object({}), result: z.object({}), progress: nothing },
  generate: {
    params: z.object({
      prompt: z.string(), negativePrompt: z.string(), seed: z.number().int().nonnegative(), steps: z.number().int().positive(), guidance: z.number(),
      sampler: z.string(), width: z.number().int(), height: z.number().int(),
      /** File with the picture to start from, raw RGB of exactly width × height, and how far to leave it (0–1). */
      image: z.object({ path: z.string(), strength: z.number() }).optional(),
      /** File with what may change of that picture, one byte for each pixel: 0 stays to the byte, 255 is painted anew. */
      mask: z.object({ path: z.string() }).optional(),
      /** Leaves the background transparent: the result is raw RGBA, colours not multiplied by alpha. */
      transparent: z.boolean().optional(),
      /** Where to write the result: raw RGB, width × height × 3 bytes (RGBA and 4 where `transparent`). */
      output: z.string(),
      /** Where to write previews (raw RGB of `previewWidth` × `previewHeight` as reported), overwritten each time; none if absent. */
      preview: z.string().optional(),
    }),
    result: z.object({ width: z.number().int(), height: z.number().int(), ms: z.number(), engine: z.string(), threads: z.number().int(),
      /** The prompt was longer than the model reads: only its beginning counted. */
      promptCut: z.boolean() }),
    progress: z.object({ step: z.number().int(), steps: z.number().int(), preview: z.object({ number: z.number().int(), width: z.number().int(), height: z.number().int() }).optional() }),
  },
  /** Reads a folder with a network that enlarges pictures, without loading weights. Error: `not-a-model`. */
  inspectUpscaler: {
    params: z.object({ path: z.string() }),
    result: z.object({ name: z.string(), fileSize: z.number(), factor: z.number().int() }),
    progress: nothing,
  },
  /** Enlarges a picture, one tile after the other; a small network that lies beside the picture model in memory. Raw files, RGB or with alpha RGBA. */
  enlarge: {
    params: z.object({
      /** Folder of the network. */
      path: z.string(), threads: z.number().int().positive(),
      image: z.object({ path: z.string(), width: z.number().int().positive(), height: z.number().int().positive(), alpha: z.boolean() }),
      output: z.string(),
    }),
    result: z.object({ width: z.number().int(), height: z.number().int(), ms: z.number(), engine: z.string(), threads: z.number().int() }),
    progress: z.object({ step: z.number().int(), steps: z.number().int() }),
  },
  /** Unit vectors for search by meaning, 384 numbers for each text. */
  embed: {
    params: z.object({ path: z.string(), texts: z.array(z.string()).max(256) }),
    result: z.object({ vectors: z.array(z.array(z.number())) }),
    progress: nothing,
  },
} as const satisfies Record<string, EngineMethod>

const pictureRegion = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() })
export type PictureRegion = z.infer<typeof pictureRegion>

const pictureFormat = z.enum(['png', 'jpeg', 'webp', 'avif'])

export const mediaEngine = {
  /** Reads what a picture is, without decoding all of it. Errors: `not-an-image`, `image-too-large`. */
  inspect: {
    params: z.object({ path: z.string() }),
    result: z.object({
      format: z.string(), mediaType: z.string(), width: z.number().int(), height: z.number().int(), pages: z.number().int(), hasAlpha: z.boolean(), orientation: z.number().int(),
    }),
    progress: nothing,
  },
  /** Writes a picture at most `width` pixels wide, upright, in sRGB. */
  resize: {
    params: z.object({ path: z.string(), output: z.string(), width: z.number().int().positive().optional(), format: pictureFormat, quality: z.number().int().min(1).max(100).optional(),
      /** Standard XMP packet to embed, already serialised. */
      xmp: z.string().optional() }),
    result: z.object({ width: z.number().int(), height: z.number().int(), bytes: z.number().int() }),
    progress: nothing,
  },
  /** Crops, turns, flips and resizes a picture from its full pixels, upright and in sRGB, and writes it as PNG. Errors: `bad-input` for a step that does not fit. */
  edit: {
    params: z.object({ path: z.string(), output: z.string(), steps: pictureEditSteps }),
    result: z.object({ width: z.number().int(), height: z.number().int(), bytes: z.number().int(), engine: z.string() }),
    progress: nothing,
  },
  /**
   * Cuts the surroundings of a painted mask out of a picture, in the shape of width × height and at that size: raw RGB, and the mask with one
   * byte for each pixel. The region is in pixels of the picture as it is seen, and may reach beyond its edges. Errors: `bad-input` for a
   * mask on which nothing is painted or which has another shape than the picture.
   */
  cutMasked: {
    params: z.object({ path: z.string(), mask: z.string(), width: z.number().int(), height: z.number().int(), output: z.string(), maskOutput: z.string() }),
    result: z.object({ region: pictureRegion }),
    progress: nothing,
  },
  /**
   * Puts raw RGB (with `alpha` RGBA) of width × height back into the region that it was cut from, through the mask, and writes the picture as
   * PNG. Outside of the mask every pixel is that of the picture.
   */
  pasteMasked: {
    params: z.object({ path: z.string(), mask: z.string(), patch: z.string(), width: z.number().int(), height: z.number().int(), alpha: z.boolean().optional(), region: pictureRegion, output: z.string() }),
    result: z.object({ width: z.number().int(), height: z.number().int(), bytes: z.number().int() }),
    progress: nothing,
  },
  /** Encodes raw RGB, or RGBA, as PNG. */
  encode: {
    params: z.object({ path: z.string(), width: z.number().int(), height: z.number().int(), output: z.string(), format: pictureFormat, alpha: z.boolean().optional() }),
    result: z.object({ bytes: z.number().int() }),
    progress: nothing,
  },
  /** Decodes a picture to raw RGB of exactly width × height (cover crop, centred); with `alpha` to RGBA, else what is clear lies on white. */
  decode: {
    params: z.object({ path: z.string(), width: z.number().int(), height: z.number().int(), output: z.string(), alpha: z.boolean().optional() }),
    result: z.object({}),
    progress: nothing,
  },
} as const satisfies Record<string, EngineMethod>

export const engines = { text: textEngine, image: imageEngine, media: mediaEngine } as const
export type EngineMethods<R extends EngineRole> = (typeof engines)[R]
type Of<T> = T extends z.ZodType ? z.infer<T> : never
export type EngineParams<R extends EngineRole, M extends keyof EngineMethods<R>> = EngineMethods<R>[M] extends { params: infer P } ? Of<P> : never
export type EngineResult<R extends EngineRole, M extends keyof EngineMethods<R>> = EngineMethods<R>[M] extends { result: infer P } ? Of<P> : never
export type EngineProgress<R extends EngineRole, M extends keyof EngineMethods<R>> = EngineMethods<R>[M] extends { progress: infer P } ? Of<P> : never
