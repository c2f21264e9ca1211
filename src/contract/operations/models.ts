import { z } from 'zod'
import { operation } from './base.js'

export const modelView = z.object({
  id: z.string(),
  kind: z.enum(['text', 'image', 'upscaler', 'embedding']),
  name: z.string(),
  /** Where it is read; null while it is only offered. */
  path: z.string().nullable(),
  builtIn: z.boolean(),
  /** A demo says so wherever its name stands. */
  demo: z.boolean(),
  licence: z.string(),
  /** One sentence on what it is good for. */
  about: z.string(),
  fileSize: z.number(),
  hash: z.string().nullable(),
  fit: z.enum(['fits', 'tight', 'too-large', 'unknown']),
  neededBytes: z.number().nullable(),
  loaded: z.boolean(),
  problem: z.string().nullable(),
})
export type ModelView = z.infer<typeof modelView>

export const models = {
  list: operation.output(z.array(modelView)),
  /** Adds a GGUF file or an ONNX folder where it lies. Errors: `not-a-model`, `not-found`. */
  add: operation.input(z.object({ path: z.string().min(1).max(4096) })).output(modelView),
  /** Takes a model off the list; its files stay. */
  forget: operation.input(z.object({ model: z.string() })).output(z.object({})),
  unload: operation.input(z.object({ model: z.string() })).output(z.object({})),
}
