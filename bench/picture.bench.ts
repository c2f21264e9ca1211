import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { createImageHandlers } from '../src/engine/image/handlers.js'
import { normalNoise } from '../src/engine/image/noise.js'
import { openTokenizer } from '../src/engine/image/tokenizer.js'
import { loadNow, measure, milliseconds, type BenchResult } from './support/measure.js'

const STARTER = join(process.cwd(), 'resources', 'models', 'starter')
const PAIRS = 7
const STEPS = 20
const GUIDANCE = 4
const THREADS = 2
const PROMPT = 'pink heart, modern'
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }

/** The least that a picture takes: the same graphs, threads and steps with nothing around them. No files, no checks, no previews. */
async function bareLoop(): Promise<() => Promise<void>> {
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: THREADS,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
  const open = (part: string): Promise<InferenceSession> => InferenceSession.create(join(STARTER, part, 'model.onnx'), options)
  const [words, network, decoder] = [await open('text_encoder'), await open('transformer'), await open('vae_decoder')]
  const tokenizer = await openTokenizer(STARTER)
  const rows = [PROMPT, ''].map((text) => tokenizer.encode(text, 20).ids)
  const length = Math.max(...rows.map((row) => row.length))
  const whole = (fill: (row: number[], at: number) => number): Tensor =>
    new Tensor('int64', BigInt64Array.from(rows.flatMap((row) => Array.from({ length }, (_, at) => BigInt(at < row.length ? fill(row, at) : 0)))), [2, length])
  const mask = whole(() => 1)
  // The network may look at a picture to start from; there is none here, as the engine says it, too.
  const given = {
    image_latents: new Tensor('float32', new Float32Array(2 * 12 * 16 * 16), [2, 12, 16, 16]),
    image_strength: new Tensor('float32', Float32Array.from([1, 1]), [2]),
  }
  return async () => {
    const { last_hidden_state: states } = await words.run({ input_ids: whole((row, at) => row[at]!), attention_mask: mask })
    let latent = normalNoise(1, 0, 12 * 16 * 16)
    for (let step = 0; step < STEPS; step++) {
      const both = new Float32Array(latent.length * 2)
      both.set(latent)
      both.set(latent, latent.length)
      const time = Float32Array.from([1000 * (1 - step / STEPS), 1000 * (1 - step / STEPS)])
      const { out_hidden_states: answer } = await network.run({
        hidden_states: new Tensor('float32', both, [2, 12, 16, 16]),
        timestep: new Tensor('float32', time, [2]),
        encoder_hidden_states: states!,
        encoder_attention_mask: mask,
        ...given,
      })
      const velocity = answer!.data as Float32Array
      latent = latent.map(
        (value, index) => value - (velocity[latent.length + index]! + GUIDANCE * (velocity[index]! - velocity[latent.length + index]!)) / STEPS,
      )
    }
    await decoder.run({ latent_sample: new Tensor('float32', latent, [1, 12, 16, 16]) })
  }
}

/**
 * The time of a picture beside a bare onnxruntime loop, in interleaved pairs of one run so that other load on the machine
 * meets both, and what previews add. About fifteen seconds.
 */
export async function run(): Promise<BenchResult> {
  const before = loadNow()
  const scratch = await mkdtemp(join(tmpdir(), 'galley-bench-'))
  const engine = createImageHandlers()
  try {
    const load = await milliseconds(() => engine.load({ path: STARTER, threads: THREADS }, quiet))
    const bare = await bareLoop()
    const request = {
      prompt: PROMPT,
      negativePrompt: '',
      seed: 1,
      steps: STEPS,
      guidance: GUIDANCE,
      sampler: 'flow euler',
      width: 128,
      height: 128,
      output: join(scratch, 'out.rgb'),
    }
    const picture = (): Promise<unknown> => engine.generate(request, quiet)
    const withPreviews = (): Promise<unknown> => engine.generate({ ...request, preview: join(scratch, 'preview.rgb') }, quiet)
    for (const work of [bare, picture, withPreviews]) await work()
    const times = { bare: [] as number[], picture: [] as number[], previews: [] as number[] }
    for (let pair = 0; pair < PAIRS; pair++) {
      // Every second pair the other way round: the first of a pair meets a colder cache.
      const order = [
        ['bare', bare],
        ['picture', picture],
        ['previews', withPreviews],
      ] as const
      for (const [name, work] of pair % 2 === 0 ? order : [...order].reverse()) times[name].push(await milliseconds(work))
    }
    const measures = [
      measure('load, with fitting the preview map', 'ms', [load]),
      measure(`picture, ${STEPS} steps, ${THREADS} threads`, 'ms', times.picture),
      measure('bare onnxruntime loop', 'ms', times.bare),
      measure('picture / bare loop, by pairs', '×',
        times.picture.map((value, index) => value / times.bare[index]!),
      ),
      measure(
        'with previews / without, by pairs',
        '×',
        times.previews.map((value, index) => value / times.picture[index]!),
      ),
    ]
    return { bench: 'picture', measures, load: [before, loadNow()] }
  } finally {
    await engine.unload({}, quiet)
    await rm(scratch, { recursive: true, force: true })
  }
}
