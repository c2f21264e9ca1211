/**
 * The program of the thread that compares vectors. As text, because a bundler moves files and this must start from source
 * and bundle alike. It reads `studio.db` through a connection of its own and keeps the vectors of the projects that were
 * searched last: one byte a number, 39 MB for 100,000 passages.
 */
export const nearestProgram = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.library)
const width = workerData.width
const compareModule = new WebAssembly.Module(workerData.compareModule)
const mostProjects = 2
const database = new Database(workerData.path, { readonly: true, fileMustExist: true, timeout: 5000 })
database.pragma('trusted_schema = OFF')
// Pages are read once, and the vectors are kept here: a large cache would hold them twice.
database.pragma('cache_size = -1024')
// Asked together, SQLite would look at every row for the newest one too.
const newestOf = database.prepare('SELECT MAX(id) FROM meaning_passages WHERE project = ?').pluck()
const countOf = database.prepare('SELECT COUNT(*) FROM meaning_passages WHERE project = ?').pluck()
const all = database.prepare('SELECT id FROM meaning_passages WHERE project = ? ORDER BY id').pluck()
const since = database.prepare('SELECT p.id, v.vector FROM meaning_passages p JOIN meaning_vectors v ON v.id = p.vector WHERE p.project = ? AND p.id > ? ORDER BY p.id')
const projects = new Map()

// The wanted vector lies at 0, the rows from here on, and the sums behind the rows.
const rowsAt = 512
const pageBytes = 65536

function begin() {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { compare } = new WebAssembly.Instance(compareModule, { env: { memory } }).exports
  return { memory, compare, numbers: new Int8Array(memory.buffer), ids: new Float64Array(0), scales: new Float32Array(0), count: 0 }
}

function room(kept, count) {
  if (kept.ids.length >= count) return
  const size = Math.ceil(count * 1.1) + 16
  const copy = (Kind, old) => { const grown = new Kind(size); grown.set(old.subarray(0, kept.count)); return grown }
  kept.ids = copy(Float64Array, kept.ids)
  kept.scales = copy(Float32Array, kept.scales)
  const missing = rowsAt + size * (width + 4) - kept.memory.buffer.byteLength
  if (missing > 0) kept.memory.grow(Math.ceil(missing / pageBytes))
  kept.numbers = new Int8Array(kept.memory.buffer)
}

/** Takes out what is gone. Ids are never used twice and both lists ascend, so one walk over both is enough. */
function dropGone(kept, project) {
  let to = 0, from = 0
  for (const id of all.iterate(project)) {
    while (from < kept.count && kept.ids[from] < id) from++
    if (from === kept.count) break
    if (kept.ids[from] !== id) continue
    if (to !== from) {
      kept.ids[to] = kept.ids[from]
      kept.scales[to] = kept.scales[from]
      kept.numbers.copyWithin(rowsAt + to * width, rowsAt + from * width, rowsAt + (from + 1) * width)
    }
    to++
    from++
  }
  kept.count = to
}

const inStep = database.transaction((project) => {
  let kept = projects.get(project)
  if (!kept) kept = begin()
  projects.delete(project)
  projects.set(project, kept)
  for (const old of projects.keys()) if (projects.size > mostProjects) projects.delete(old)
  const newest = newestOf.get(project) ?? 0
  const count = countOf.get(project)
  const last = kept.count === 0 ? 0 : kept.ids[kept.count - 1]
  if (count === kept.count && newest === last) return kept
  dropGone(kept, project)
  room(kept, count)
  for (const { id, vector } of since.iterate(project, last)) {
    kept.ids[kept.count] = id
    kept.scales[kept.count] = vector.readFloatLE(0)
    kept.numbers.set(new Int8Array(vector.buffer, vector.byteOffset + 4, width), rowsAt + kept.count * width)
    kept.count++
  }
  return kept
})

function likenesses(kept, vector) {
  const likeness = new Float32Array(kept.count)
  if (kept.count === 0) return likeness
  const bytes = Buffer.from(vector)
  const scale = bytes.readFloatLE(0)
  kept.numbers.set(new Int8Array(bytes.buffer, bytes.byteOffset + 4, width), 0)
  const sumsAt = rowsAt + kept.ids.length * width
  kept.compare(kept.count, rowsAt, sumsAt, 0)
  const sums = new Int32Array(kept.memory.buffer, sumsAt, kept.count)
  for (let row = 0; row < kept.count; row++) likeness[row] = sums[row] * kept.scales[row] * scale
  return likeness
}

/** The likeness above which about so many are: counted in thousandths, so that a hundred thousand need not be sorted. */
function floorOf(likeness, count, floor, most) {
  const steps = new Int32Array(1002)
  for (let row = 0; row < count; row++) if (likeness[row] >= floor) steps[Math.min(1001, (likeness[row] * 1000) | 0)]++
  let step = 1001
  for (let sum = 0; step > 0; step--) {
    sum += steps[step]
    if (sum >= most) break
  }
  return Math.max(floor, step / 1000)
}

function nearest({ project, vector, floor, most }) {
  const kept = inStep(project)
  if (!vector) return []
  const likeness = likenesses(kept, vector)
  const limit = floorOf(likeness, kept.count, floor, most)
  const found = []
  for (let row = 0; row < kept.count; row++) if (likeness[row] >= limit) found.push({ passage: kept.ids[row], likeness: likeness[row] })
  return found.sort((one, other) => other.likeness - one.likeness).slice(0, most)
}

parentPort.on('message', (message) => {
  try {
    parentPort.postMessage({ id: message.id, found: nearest(message) })
  } catch (error) {
    parentPort.postMessage({ id: message.id, problem: error.message })
  }
})
`
