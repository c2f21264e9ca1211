import { fromErrorRecord } from '../../../../contract/index.js'
import { client } from '../../../studio.js'
import { watchOutput } from '../shown.js'

/** Has pictures enlarged. Errors: those of the operation, and the first refusal where nothing is left to do. */
export async function enlarge(project: string, versions: readonly string[]): Promise<Awaited<ReturnType<typeof client.pictures.enlarge>>> {
  const asked = await client.pictures.enlarge({ project, versions: [...versions] })
  const [refused] = asked.refused
  if (asked.jobs.length === 0 && refused) throw fromErrorRecord(refused.error)
  return asked
}

/** Has one version enlarged and keeps it in sight until the larger one is there. `chosen`: the version that is chosen in its item. */
export async function enlargeAndWatch(project: string, version: string, chosen: string | null): Promise<void> {
  const { jobs: [asked] } = await enlarge(project, [version])
  if (asked) watchOutput(asked.item, { job: asked.job, output: 0, instead: chosen })
}
