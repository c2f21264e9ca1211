import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Patience, SpawnEngine } from '../engines/index.js'
import type { Signer } from '../project/index.js'
import { createStudio, type Studio } from '../studio.js'
import type { StudioRouter } from '../handlers/index.js'
import { testSigner } from './signer.js'

export interface TestStudio {
  readonly folder: string
  readonly studio: Studio
  readonly call: RouterClient<StudioRouter>
  close(): Promise<void>
}

/** A studio in a folder of its own, called directly. `folder` of an earlier one begins where that one ended. */
export async function testStudio(options: { spawn: SpawnEngine; folder?: string; signer?: Signer; name?: string; resources?: string; enginePatience?: Partial<Patience> }): Promise<TestStudio> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'galley-studio-')))
  const studio = await createStudio({
    userData: join(folder, 'user'), cacheDir: join(folder, 'cache'), resources: options.resources ?? join(folder, 'resources'), shell: 'test', version: '0.0.0',
    spawn: options.spawn, ...(options.enginePatience ? { enginePatience: options.enginePatience } : {}), signer: options.signer ?? testSigner(), keyStore: 'none',
  })
  studio.services.settings.change({ projectsFolder: join(folder, 'projects'), ...(options.name ? { name: options.name } : {}) })
  return {
    folder, studio, call: createRouterClient(studio.router),
    close: () => studio.close(),
  }
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
