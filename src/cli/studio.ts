import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRouterClient } from '@orpc/server'
import { spawnForked } from '../core/entry/spawn-forked.js'
import { createStudio } from '../core/index.js'
import { chooseFolders } from '../shell/folders.js'
import { openSigningKey } from '../shell/signing-key.js'
import type { CommandContext, StudioClient } from './command.js'
import type { Surroundings } from './run.js'

/** Another person at this computer signs with a key of their own, so that their decisions stay apart. */
function keyFile(userData: string, person: string | undefined): string {
  if (person === undefined) return join(userData, 'signing-key')
  return join(userData, 'people', `${createHash('sha256').update(person.normalize('NFC')).digest('hex').slice(0, 32)}.key`)
}

/** Starts the studio in this process. `signal` aborts when the person interrupts; `terminal` shows what is no result. */
export function beginStudio(signal: AbortSignal, terminal: Pick<CommandContext, 'note' | 'progress'>): Surroundings['begin'] {
  return async ({ userData: chosen, asPerson }) => {
    const folders = chooseFolders(chosen === undefined ? [] : ['--user-data', chosen])
    mkdirSync(folders.userData, { recursive: true })
    mkdirSync(folders.cacheDir, { recursive: true })
    const out = fileURLToPath(new URL('..', import.meta.url))
    const { version } = JSON.parse(readFileSync(join(out, '../package.json'), 'utf8')) as { version: string }
    const key = openSigningKey(keyFile(folders.userData, asPerson))
    const studio = await createStudio({
      ...folders, resources: join(out, '../resources'), shell: 'cli', version, spawn: spawnForked(join(out, 'engine')), keyStore: 'file', asPerson,
      signer: { publicKey: key.publicKey, sign: async (bytes) => key.sign(bytes) },
    })
    const client = createRouterClient(studio.router) as StudioClient
    const absolute = (path: string): string => resolve(process.cwd(), path)
    const context: CommandContext = {
      client, signal, ...terminal, resolve: absolute,
      open: (path) => client.projects.open({ path: absolute(path) }),
      picture: ({ handle }, hash) => studio.services.projects.get(handle).writer.blob(hash).chunks(),
    }
    return { context, end: () => studio.close() }
  }
}
