import type { FactId } from '../../contract/index.js'
import type { JobContext } from '../jobs/index.js'
import type { OpenProject } from '../open-projects.js'
import { blobToFile, findPicture } from './blob-files.js'
import { keepPicture, type KeepingPictures } from './keep-picture.js'

/** A job that makes one version of a picture larger. */
export interface EnlargeParams {
  readonly type: 'enlarge'
  readonly version: FactId
}

/** Makes a version larger and keeps the result as a version of the same item that follows it. */
export async function enlargeInProject(surroundings: KeepingPictures, project: OpenProject, job: string, { version }: EnlargeParams, control: JobContext): Promise<void> {
  const held = project.writer.outputsOfJob(job).get(0)
  if (held) return control.output(held)
  try {
    await enlargeVersion(surroundings, project, { job, output: 0, version }, control, (share) => {
      // A large picture takes as long again to become a file, and nobody knows how long.
      if (share < 1) control.progress(share, 'enlarging')
      else control.progress(null, 'saving')
    })
  } finally {
    await surroundings.imaging.removePreviews(job, 1)
  }
}

/** Makes output number `output` of a job from a version. `onShare`: 0–1 of this one picture. */
export async function enlargeVersion(
  surroundings: KeepingPictures,
  project: OpenProject,
  { job, output, version }: { job: string; output: number; version: FactId },
  control: JobContext,
  onShare: (share: number) => void,
): Promise<void> {
  const { imaging } = surroundings
  const { item, content } = findPicture(project.writer, version)
  onShare(0)
  await imaging.scratch.with(async (folder) => {
    const file = await blobToFile(project.writer, content.hash, folder)
    await imaging.previewOf(file, job, output, { signal: control.signal }).then(() => control.preview(output, 1), () => undefined)
    const made = await imaging.enlargePicture({ version, file }, {
      job, output, signal: control.signal,
      onWait: control.waits,
      onProgress: ({ step, steps }) => onShare(step / steps),
    })
    try {
      control.output(await keepPicture(surroundings, project, made, { item, parents: [version], reason: 'generated', recipe: made.recipe, label: 'undo.enlarge' }))
    } finally {
      await made.dispose()
    }
  })
}
