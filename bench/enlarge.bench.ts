import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { createImageHandlers } from '../src/engine/image/handlers.js'
import { loadNow, measure, milliseconds, type BenchResult } from './support/measure.js'

const UPSCALER = join(process.cwd(), 'resources', 'models', 'upscaler')
const PAIRS = 7
const THREADS = 2
const FACTOR = 4
/** One tile, and a picture of 4 × 4 of them. */
const SIDES = [128, 512] as const
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
const MB = 1024 ** 2

/** Stripes and discs, so that no tile is flat. */
function drawing(side: number, channels: 3 | 4): Uint8Array {
  const bytes = new Uint8Array(side * side * channels)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * channels
      bytes.set([(x * 7) % 256, (y * 5) % 256, Math.hypot((x % 64) - 32, (y % 64) - 32) < 24 ? 220 : 30], at)
      if (channels === 4) bytes[at + 3] = (x + y) % 40 < 20 ? 255 : 0
    }
  }
  return bytes
}

/** The least that it takes: the whole picture through the network at once, with nothing around it. */
async function bareLoop(side: number): Promise<() => Promise<void>> {
  const network = await InferenceSession.create(join(UPSCALER, 'network', 'model.onnx'), {
    intraOpNumThreads: THREADS,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  const bytes = drawing(side, 3)
  const low = Float32Array.from({ length: bytes.length }, (_, index) => bytes[(index % (side * side)) * 3 + Math.floor(index / (side * side))]! / 255)
  return async () => void (await network.run({ low: new Tensor('float32', low, [1, 3, side, side]) }))
}

/**
 * The time of enlarging beside a bare run of the same network on the whole picture, in interleaved pairs: what tiles, their overlap and files
 * add. What transparency adds, and the memory of the process at the end. About half a minute.
 */
export async function run(): Promise<BenchResult> {
  const before = loadNow()
  const scratch = await mkdtemp(join(tmpdir(), 'galley-bench-'))
  const engine = createImageHandlers()
  const measures = []
  try {
    const start = process.memoryUsage.rss()
    let peak = start
    for (const side of SIDES) {
      const work = async (channels: 3 | 4): Promise<() => Promise<void>> => {
        const path = join(scratch, `${side}-${channels}.raw`)
        await writeFile(path, drawing(side, channels))
        const request = { path: UPSCALER, threads: THREADS, image: { path, width: side, height: side, alpha: channels === 4 }, output: join(scratch, 'large.raw') }
        return async () => {
          await engine.enlarge(request, quiet)
          peak = Math.max(peak, process.memoryUsage.rss())
        }
      }
      const [opaque, clear] = [await work(3), await work(4)]
      // Memory first: what the bare run takes at once would hide what tiles take.
      await opaque()
      await clear()
      measures.push(measure(`memory added up to ${side} pixels, of the whole process`, 'MB', [(peak - start) / MB]))
      const bare = await bareLoop(side)
      await bare()
      const times = { bare: [] as number[], opaque: [] as number[], clear: [] as number[] }
      for (let pair = 0; pair < PAIRS; pair++) {
        const order = [['bare', bare], ['opaque', opaque], ['clear', clear]] as const
        for (const [name, one] of pair % 2 === 0 ? order : [...order].reverse()) times[name].push(await milliseconds(one))
      }
      measures.push(
        measure(`${side} to ${side * FACTOR} pixels, ${THREADS} threads`, 'ms', times.opaque),
        measure(`${side} pixels, bare onnxruntime run`, 'ms', times.bare),
        measure(`${side} pixels: enlarging / bare run, by pairs`, '×', times.opaque.map((value, index) => value / times.bare[index]!)),
        measure(`${side} pixels: with transparency / without, by pairs`, '×', times.clear.map((value, index) => value / times.opaque[index]!)),
      )
    }
    return { bench: 'enlarge', measures, load: [before, loadNow()] }
  } finally {
    await engine.unload({}, quiet)
    await rm(scratch, { recursive: true, force: true })
  }
}
