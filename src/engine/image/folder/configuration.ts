import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../../contract/index.js'

/** Configuration files are some kilobytes; a tokenizer some megabytes. */
const LARGEST_JSON = 64 * 1024 * 1024

/** What a folder must state about its parts: class names, and which library they come from. */
export const modelIndex = z.looseObject({ _class_name: z.string() })

/** Settings of the noise schedule, as diffusers names them. */
export const schedulerConfiguration = z.looseObject({
  _class_name: z.string().default(''),
  num_train_timesteps: z.number().int().positive().default(1000),
  shift: z.number().positive().default(1),
  use_dynamic_shifting: z.boolean().default(false),
  sigmas: z.string().optional(),
  beta_start: z.number().default(0.0001),
  beta_end: z.number().default(0.02),
  beta_schedule: z.string().default('linear'),
  prediction_type: z.string().default('epsilon'),
  timestep_spacing: z.string().optional(),
  steps_offset: z.number().int().default(0),
  set_alpha_to_one: z.boolean().default(true),
  clip_sample: z.boolean().optional(),
  use_karras_sigmas: z.boolean().default(false),
  original_inference_steps: z.number().int().positive().default(50),
  timestep_scaling: z.number().default(10),
  num_inference_steps: z.number().int().positive().max(1000).optional(),
  guidance_scale: z.number().min(0).max(100).optional(),
  fixed_steps: z.boolean().optional(),
})
export type SchedulerConfiguration = z.infer<typeof schedulerConfiguration>

export const autoencoderConfiguration = z.looseObject({
  scaling_factor: z.number().optional(),
  shift_factor: z.number().nullable().optional(),
  latent_channels: z.number().int().positive().optional(),
})
export const networkConfiguration = z.looseObject({ time_cond_proj_dim: z.number().int().positive().nullable().optional() })
export const textConfiguration = z.looseObject({ max_tokens: z.number().int().positive().optional(), pad_token_id: z.number().int().nonnegative().optional() })

/** What Galley itself keeps beside a model; every field may be missing. */
export const galleyFile = z.looseObject({
  name: z.string().max(300).optional(),
  sizes: z
    .array(z.tuple([z.number().int().positive().max(8192), z.number().int().positive().max(8192)]))
    .max(64)
    .optional(),
  num_inference_steps: z.number().int().positive().max(1000).optional(),
  guidance_scale: z.number().min(0).max(100).optional(),
})

/**
 * Reads and checks a JSON file of a model folder; null where there is none. Error: `not-a-model`, naming the file.
 */
export async function readConfiguration<T extends z.ZodType>(folder: string, file: string, schema: T): Promise<z.infer<T> | null> {
  const path = join(folder, file)
  const wrong = (why: string, cause?: unknown): StudioError => new StudioError('not-a-model', { path: folder, detail: `${file}: ${why}` }, { cause })
  let text: string
  try {
    const { size } = await stat(path)
    if (size > LARGEST_JSON) throw wrong('too large for a configuration file')
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof StudioError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return null
    throw wrong('cannot be read', error)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong('is not JSON', error)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw wrong(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  return parsed.data
}
