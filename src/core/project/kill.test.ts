import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { checkProject, createProject, openProject } from './index.js'
import { makeAuthor, makeFolder, makeMemory } from './testing/fixtures.js'
import { describeUnless } from '../../testing/unless.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
mkdirSync(cacheDir)
const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
const testing = (name: string): string => fileURLToPath(new URL(`./testing/${name}`, import.meta.url))

interface Acknowledged { readonly commits: string[]; readonly blobs: string[]; steps: number; opened: number }

async function makeProject(name: string): Promise<string> {
  const project = await createProject(folder.path(name), { title: 'Killed', author: makeAuthor('Ada'), memory: makeMemory(), cacheDir })
  await project.close()
  return project.path
}

/** Lets a process work on the file and collects what it said was kept; `killAfter`: milliseconds of work, or null to let it end. */
function work(path: string, acknowledged: Acknowledged, killAfter: number | null, environment: Record<string, string> = {}, off = ''): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--experimental-transform-types', '--import', testing(
      'source-loader.mjs'
    ), testing('worker-process.ts'), path, cacheDir, key, off],
      { env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: folder.path('compiled'), ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
    let rest = ''
    child.stdout.on('data', (part: Buffer) => {
      const lines = (rest + part.toString()).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        const said = JSON.parse(line) as { commit?: string; step?: number; blob?: string; opened?: boolean }
        if (said.commit !== undefined) acknowledged.commits.push(said.commit)
        if (said.blob !== undefined) acknowledged.blobs.push(said.blob)
        if (said.step !== undefined) acknowledged.steps = said.step + 1
        if (said.opened === true) {
          acknowledged.opened++
          if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter)
        }
      }
    })
    child.on('close', (code) => resolve(code))
  })
}

async function findLosses(path: string, acknowledged: Acknowledged): Promise<string[]> {
  const project = await openProject(path, { memory: makeMemory(), cacheDir, check: true })
  try {
    const held = new Set(project.log({ limit: 1_000_000 }).map((entry) => entry.hash))
    const item = project.items().find((row) => row.title === 'Worked on')
    const steps = item === undefined ? 0 : project.draft(item.id)?.steps.length ?? 0
    const blobs = acknowledged.blobs.filter((hash) => {
      try {
        return [...project.blob(hash).chunks()].reduce((sum, chunk) => sum + chunk.length, 0) !== project.blob(hash).size
      } catch {
        return true
      }
    })
    return [...acknowledged.commits.filter((hash) => !held.has(hash)), ...blobs, ...(steps < acknowledged.steps ? [`draft step ${steps}`] : [])]
  } finally {
    await project.close()
  }
}

const nothing = (): Acknowledged => ({ commits: [], blobs: [], steps: 0, opened: 0 })

describe('a process that is ended in the middle of its work', () => {
  it('loses nothing that it acknowledged, at twenty points in time [COMMIT1, DRAFT1, LOCK1]', async () => {
    const path = await makeProject('killed.galley')
    const acknowledged = nothing()
    for (let kill = 0; kill < 20; kill++) await work(path, acknowledged, Math.round(Math.random() * 150))
    expect(acknowledged.opened).toBe(20)
    expect(acknowledged.commits.length).toBeGreaterThan(20)
    expect(await findLosses(path, acknowledged)).toEqual([])
    expect(await checkProject(path, { rebuild: true, cacheDir })).toMatchObject({ ok: true, problems: [] })
  }, 240_000)
})

const library = folder.path('power-cut.so')
const built = process.platform === 'linux' && spawnSync(
  'cc', ['-shared', '-fPIC', '-O1', '-o', library, testing('power-cut.c'), '-ldl', '-lpthread'], { stdio: 'inherit' }
).status === 0

describeUnless(!built && 'there is no C compiler here, or this is not Linux')('a disk that drops what was not synced', () => {
  const cutAt = (write: number): Record<string, string> => ({ LD_PRELOAD: library, GALLEY_CUT_DIR: folder.path(''), GALLEY_CUT_AT: String(write) })

  it('drops acknowledged work where the disk is not waited for, so that this test can fail', async () => {
    const path = await makeProject('unsynced.galley')
    const acknowledged = nothing()
    expect(await work(path, acknowledged, null, cutAt(1500), 'sync')).toBe(86)
    expect(acknowledged.commits.length).toBeGreaterThan(0)
    expect(await findLosses(path, acknowledged)).not.toEqual([])
  }, 120_000)

  it('loses nothing that was acknowledged [LOCK1]', async () => {
    const path = await makeProject('power.galley')
    const acknowledged = nothing()
    for (const write of [3, 14, 58, 140, 333, 700, 1203, 1999, 2650]) {
      expect(await work(path, acknowledged, null, cutAt(write))).toBe(86)
      expect(await findLosses(path, acknowledged), `cut at write ${write}`).toEqual([])
    }
    expect(acknowledged.commits.length).toBeGreaterThan(20)
    expect(await checkProject(path, { rebuild: true, cacheDir })).toMatchObject({ ok: true, problems: [] })
  }, 240_000)
})
