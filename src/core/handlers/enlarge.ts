import { StudioError, toErrorRecord, type ErrorRecord, type FactId } from '../../contract/index.js'
import { findPicture, type PictureJobParams } from '../imaging/index.js'
import type { Services } from '../services.js'
import { findItem } from './items.js'

interface Asked {
  jobs: { job: string; item: FactId; version: FactId }[]
  refused: { version: FactId; error: ErrorRecord }[]
}

/** Queues one job for each picture that is to be made larger. What can be known to be too large is refused before anything waits for it. */
export async function askToEnlarge({ projects, imaging, queue }: Services, { project: handle, versions }: { project: string; versions: readonly FactId[] }): Promise<Asked> {
  const project = projects.get(handle)
  const { writer } = project
  if (writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
  const pictures = [...new Set(versions)].map((version) => findPicture(writer, version))
  const { factor, mostPixels } = await imaging.enlargement()
  const asked: Asked = { jobs: [], refused: [] }
  for (const { id: version, item, content: { width = 0, height = 0 } } of pictures) {
    const { title } = findItem(writer, item)
    const pixels = width * height * factor ** 2
    if (pixels > mostPixels) {
      asked.refused.push({ version, error: toErrorRecord(new StudioError('image-too-large', { name: title, pixels: width * height, limit: Math.floor(mostPixels / factor ** 2) })) })
      continue
    }
    const params: PictureJobParams = { type: 'enlarge', version }
    asked.jobs.push({ job: queue.enqueue({ kind: 'image', title, detail: 'enlarge', projectPath: project.path, item, params }), item, version })
  }
  return asked
}
