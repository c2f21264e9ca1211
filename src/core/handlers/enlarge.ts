import { StudioError, toErrorRecord, type ErrorRecord, type FactId } from '../../contract/index.js'
import { findPicture, titleFromPrompt, type PictureJobParams, type PicturePlan } from '../imaging/index.js'
import type { OpenProject } from '../open-projects.js'
import type { Services } from '../services.js'
import { findItem } from './items.js'

interface Asked {
  jobs: { job: string; item: FactId; version: FactId }[]
  refused: { version: FactId; error: ErrorRecord }[]
}

/** Refuses a plan whose pictures are to be made larger and cannot be. A part that is painted anew comes at the size of its picture. */
export async function checkEnlarging({ imaging }: Services, { writer }: OpenProject, { mask, image, ...plan }: PicturePlan): Promise<void> {
  const enlargement = await imaging.enlargement()
  const { width = 0, height = 0 } = mask && image ? findPicture(writer, image.version).content : plan
  const refusal = tooLarge(titleFromPrompt(plan.prompt), width * height, enlargement)
  if (refusal) throw refusal
}

function tooLarge(name: string, pixels: number, { factor, mostPixels }: { factor: number; mostPixels: number }): StudioError | null {
  return pixels * factor ** 2 > mostPixels ? new StudioError('image-too-large', { name, pixels, limit: Math.floor(mostPixels / factor ** 2) }) : null
}

/** Queues one job for each picture that is to be made larger. What can be known to be too large is refused before anything waits for it. */
export async function askToEnlarge({ projects, imaging, queue }: Services, { project: handle, versions }: { project: string; versions: readonly FactId[] }): Promise<Asked> {
  const project = projects.get(handle)
  const { writer } = project
  if (writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
  const pictures = [...new Set(versions)].map((version) => findPicture(writer, version))
  const enlargement = await imaging.enlargement()
  const asked: Asked = { jobs: [], refused: [] }
  for (const { id: version, item, content: { width = 0, height = 0 } } of pictures) {
    const { title } = findItem(writer, item)
    const refusal = tooLarge(title, width * height, enlargement)
    if (refusal) {
      asked.refused.push({ version, error: toErrorRecord(refusal) })
      continue
    }
    const params: PictureJobParams = { type: 'enlarge', version }
    asked.jobs.push({ job: queue.enqueue({ kind: 'image', title, detail: 'enlarge', projectPath: project.path, item, params }), item, version })
  }
  return asked
}
