import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { JobView } from '../../src/contract/index.js'
import type { StudioClient } from '../../src/cli/command.js'
import { createStudio } from '../../src/core/index.js'
import { spawnForked } from '../../src/core/entry/spawn-forked.js'
import { openSigningKey } from '../../src/shell/signing-key.js'

export interface Place { readonly root: string; readonly userData: string }

/** Opens the studio as a person with an identity and key of their own, has something done, and closes it. */
export async function as<T>({ root, userData }: Place, person: string, act: (client: StudioClient) => Promise<T>): Promise<T> {
  const key = openSigningKey(join(userData, `${person}.key`))
  const studio = await createStudio({
    userData, cacheDir: join(userData, 'cache'), resources: join(root, 'resources'), shell: 'cli', version: '0', spawn: spawnForked(join(root, 'out/engine')),
    keyStore: 'file', asPerson: person, signer: { publicKey: key.publicKey, sign: async (bytes) => key.sign(bytes) },
  })
  try {
    return await act(createRouterClient(studio.router) as StudioClient)
  } finally {
    await studio.close()
  }
}

/** Waits until a job has ended; throws where it was not done. */
export async function finish(client: StudioClient, { job }: { job: string }): Promise<JobView> {
  for (;;) {
    const view = await client.jobs.get({ job })
    if (view.state === 'done') return view
    if (view.state !== 'waiting' && view.state !== 'running') throw new Error(`${view.title}: ${JSON.stringify(view.error ?? view.state)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
