import { z } from 'zod'
import { factId, sha256 } from './ids.js'
import { pictureEdit } from './picture-edit.js'

/** The model that made something, named by the hash of its weights so that the same file is found again anywhere. */
export const modelReference = z.object({
  name: z.string().max(300),
  /** SHA-256 of the model file; for a folder, of the sorted list of its files' hashes. */
  hash: sha256,
  licence: z.string().max(200).optional(),
})
export type ModelReference = z.infer<typeof modelReference>

/** A version that was read or changed to make another one. */
export const sourceReference = z.object({
  version: factId,
  role: z.enum(['base', 'read', 'image', 'mask', 'illustrates']),
})

/** How a version or proposal was made, complete enough to make it again. */
export const recipe = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('hand'),
    note: z.string().max(2000).optional(),
    /** For a picture that was cropped, turned, flipped or resized: what was done to its only parent. */
    edit: pictureEdit.optional(),
  }),
  z.object({
    by: z.literal('import'),
    /** Name of the file as it was, without its folder. */
    name: z.string().max(500),
    hash: sha256.optional(),
    mediaType: z.string().max(200).optional(),
  }),
  z.object({
    by: z.literal('text-model'),
    model: modelReference,
    /** Engine and its build, for example "node-llama-cpp 3.22.1, llama.cpp b9000". */
    engine: z.string().max(300),
    operation: z.enum(['draft', 'continue', 'rewrite', 'instruct']),
    /** What the person asked for, in their words. */
    prompt: z.string().max(2_000_000),
    /** The words that the operation was asked for, empty where it was asked for the whole text. */
    selection: z.string().max(2_000_000).optional(),
    /** SHA-256 of the exact token prompt as it was given to the model, so that "make again" can tell whether it asks the same. */
    promptHash: sha256.optional(),
    seed: z.number().int().nonnegative(),
    temperature: z.number(),
    topP: z.number(),
    topK: z.number().int(),
    repeatPenalty: z.number().optional(),
    maxTokens: z.number().int(),
    contextSize: z.number().int(),
    threads: z.number().int(),
    batch: z.object({ size: z.number().int(), index: z.number().int() }),
    tokens: z.number().int(),
    tokensPerSecond: z.number(),
    firstTokenMs: z.number(),
    stopped: z.enum(['end', 'length', 'person']),
    sources: z.array(sourceReference).max(100),
    job: z.string().max(64),
    output: z.number().int().nonnegative(),
  }),
  z.object({
    by: z.literal('image-model'),
    model: modelReference,
    backend: z.string().max(100),
    engine: z.string().max(300),
    operation: z.enum(['text-to-image', 'image-to-image', 'inpaint', 'upscale']),
    prompt: z.string().max(20_000),
    negativePrompt: z.string().max(20_000),
    seed: z.number().int().nonnegative(),
    steps: z.number().int(),
    guidance: z.number(),
    sampler: z.string().max(100),
    width: z.number().int(),
    height: z.number().int(),
    strength: z.number().optional(),
    /** The background was left transparent. */
    transparent: z.boolean().optional(),
    /** How many times as wide and high as its source an enlarged picture is. */
    factor: z.number().int().optional(),
    /** The prompt was longer than the model reads: only its beginning counted. */
    promptCut: z.boolean().optional(),
    threads: z.number().int(),
    ms: z.number(),
    sources: z.array(sourceReference).max(100),
    job: z.string().max(64),
    output: z.number().int().nonnegative(),
  }),
])
export type Recipe = z.infer<typeof recipe>
