import { client } from '../../../studio.js'
import { selectedVersion } from '../../inspector/versions/use-versions.js'
import { enlargeAndWatch } from './enlarging.js'
import { enlargeProblem } from './problem.js'

/** Enlarges the version of an image that is chosen, else its newest. What goes wrong is said over the picture. */
export async function enlargeShown(project: string, item: string): Promise<void> {
  const chosen = selectedVersion(item)
  try {
    const version = chosen ?? (await client.items.versions({ project, item, limit: 1 })).versions[0]?.id
    if (version) await enlargeAndWatch(project, version, chosen)
  } catch (error) {
    enlargeProblem.set({ item, error })
  }
}
