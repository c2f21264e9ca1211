import type { GraphHeader } from './onnx-header.js'

export type PipelineKind = 'flow' | 'diffusion'
export type PartName = 'text_encoder' | 'transformer' | 'unet' | 'vae_decoder' | 'vae_encoder' | 'matte'

const KINDS: Record<string, PipelineKind> = {
  StarterIconPipeline: 'flow',
  StableDiffusionPipeline: 'diffusion',
  OnnxStableDiffusionPipeline: 'diffusion',
  ORTStableDiffusionPipeline: 'diffusion',
  LatentConsistencyModelPipeline: 'diffusion',
}

/** How the engine runs a pipeline class; null for one that it does not run. */
export const pipelineKind = (className: string): PipelineKind | null => (Object.hasOwn(KINDS, className) ? KINDS[className]! : null)

export interface ExpectedPart {
  readonly name: PartName
  readonly needed: boolean
  /** What does not fit, in words; null where all is as it should be. */
  mismatch(graph: GraphHeader): string | null
}

/** Names and ranks of the inputs and outputs that a part must have. `rank` null: more than one is in use. */
interface Shape {
  readonly inputs: Record<string, number | null>
  readonly outputs: Record<string, number>
  readonly also?: readonly string[]
}

function part(name: PartName, needed: boolean, shapes: Shape): ExpectedPart {
  return {
    name,
    needed,
    mismatch(graph) {
      for (const [side, wanted] of [
        ['input', shapes.inputs],
        ['output', shapes.outputs],
      ] as const) {
        const found = side === 'input' ? graph.inputs : graph.outputs
        for (const [key, rank] of Object.entries(wanted)) {
          const value = found.find((candidate) => candidate.name === key)
          if (!value) return `its ${side} ${key} is missing (it has ${found.map((candidate) => candidate.name).join(', ')})`
          if (rank !== null && value.shape.length !== rank) return `its ${side} ${key} has ${value.shape.length} dimensions, not ${rank}`
        }
      }
      const known = [...Object.keys(shapes.inputs), ...(shapes.also ?? [])]
      const extra = graph.inputs.find((input) => !known.includes(input.name))
      return extra ? `it asks for ${extra.name}, which this pipeline does not give` : null
    },
  }
}

/** What is the same for every kind of pipeline. */
const pictureParts: ExpectedPart[] = [
  part('vae_decoder', true, { inputs: { latent_sample: 4 }, outputs: { sample: 4 } }),
  part('vae_encoder', false, { inputs: { sample: 4 }, outputs: {} }),
  part('matte', false, { inputs: { sample: 4 }, outputs: { rgba: 4 } }),
]

/** The graphs that a folder of this kind must or may hold. */
export function expectedParts(kind: PipelineKind): readonly ExpectedPart[] {
  if (kind === 'flow') {
    return [
      part('text_encoder', true, { inputs: { input_ids: 2, attention_mask: 2 }, outputs: { last_hidden_state: 3 } }),
      part('transformer', true, {
        inputs: { hidden_states: 4, timestep: 1, encoder_hidden_states: 3, encoder_attention_mask: 2 },
        outputs: { out_hidden_states: 4 },
        // A network may look at the picture to start from itself, and be told how far to leave it.
        also: ['image_latents', 'image_strength'],
      }),
      ...pictureParts,
    ]
  }
  return [
    part('text_encoder', true, { inputs: { input_ids: 2 }, outputs: { last_hidden_state: 3 } }),
    part('unet', true, { inputs: { sample: 4, timestep: null, encoder_hidden_states: 3 }, outputs: { out_sample: 4 }, also: ['timestep_cond'] }),
    ...pictureParts,
  ]
}
