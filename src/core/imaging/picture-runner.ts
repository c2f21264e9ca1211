import { StudioError, type FactId } from '../../contract/index.js'
import type { JobContext, JobRunner, RunningJob } from '../jobs/index.js'
import type { OpenProject } from '../open-projects.js'
import { blobToFile, findPicture } from './blob-files.js'
import { enlargeInProject, enlargeVersion, type EnlargeParams } from './enlarge-runner.js'
import { keepPicture, type Surroundings } from './keep-picture.js'
import { outputsOf, type PicturePlan } from './plan.js'

/** What a picture job keeps in the queue: all that its result depends on. */
export type PictureJobParams =
  | { readonly type: 'make'; readonly item: FactId; readonly plan: PicturePlan }
  | { readonly type: 'remake'; readonly version: FactId }
  | EnlargeParams

/**
 * The runner of picture jobs. Each picture is a version in a commit of its own as soon as it is ready, so that a restart
 * makes only those that the project does not hold.
 */
export function createPictureRunner(surroundings: Surroundings): JobRunner {
  const { imaging, projects } = surroundings
  const held = (job: RunningJob) => projects.byPath(job.projectPath!)?.writer.outputsOfJob(job.id) ?? new Map<number, FactId>()
  return {
    lane: 'image',
    afterRestart: 'continue',
    // Interrupted jobs may hold some of their pictures: only with all of them they are done.
    made: (job) => (held(job).size >= job.wanted ? [...held(job).values()] : []),
    async run(job, control) {
      const project = projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      const params = job.params as PictureJobParams
      if (params.type === 'remake') return remake(surroundings, project, params.version, control)
      if (params.type === 'enlarge') return enlargeInProject(surroundings, project, job.id, params, control)
      try {
        await makeAll(surroundings, project, job.id, params, control)
      } finally {
        await imaging.removePreviews(job.id, job.wanted)
      }
    },
  }
}

async function makeAll(surroundings: Surroundings, project: OpenProject, job: string, params: PictureJobParams & { type: 'make' }, control: JobContext): Promise<void> {
  const { imaging } = surroundings
  const { item, plan } = params
  const wanted = outputsOf(plan)
  const held = new Map(project.writer.outputsOfJob(job))
  for (const version of held.values()) control.output(version)
  await imaging.scratch.with(async (folder) => {
    const image = plan.image && held.size < plan.count ? await blobToFile(project.writer, findPicture(project.writer, plan.image.version).content.hash, folder) : undefined
    for (let output = 0; output < plan.count; output++) {
      if (held.has(output)) continue
      control.signal.throwIfAborted()
      control.progress(output / wanted, 'loading')
      const made = await imaging.makePicture(plan, output, {
        job, signal: control.signal, imageFile: image,
        onWait: control.waits,
        onProgress: ({ step, steps }) => control.progress((output + step / steps) / wanted, 'denoising'),
        onPreview: (number) => control.preview(output, number),
      })
      try {
        const version = await keepPicture(surroundings, project, { item, parents: plan.image ? [plan.image.version] : [], label: 'undo.generate', made })
        held.set(output, version)
        control.output(version)
      } finally {
        await made.dispose()
      }
    }
  })
  // After all are drawn, so that the outputs of the job come in their order.
  for (let output = plan.count; output < wanted; output++) {
    const version = held.get(output - plan.count)
    if (held.has(output) || !version) continue
    control.signal.throwIfAborted()
    await enlargeVersion(surroundings, project, { job, output, version }, control, (share) => control.progress((output + share) / wanted, 'enlarging'))
  }
}

async function remake({ imaging }: Surroundings, project: OpenProject, version: FactId, control: JobContext): Promise<void> {
  const row = project.writer.version(version)
  if (!row || row.content.type !== 'blob' || row.fact.recipe.by !== 'image-model') throw new StudioError('not-found', { what: 'version', id: version })
  const { fact: { recipe }, content } = row
  const source = recipe.sources.find(({ role }) => role === 'image')
  control.progress(null, 'loading')
  await imaging.scratch.with(async (folder) => {
    const imageFile = source ? await blobToFile(project.writer, findPicture(project.writer, source.version).content.hash, folder) : undefined
    control.remade(await imaging.remakePicture(recipe, { sha256: content.hash, imageFile }, {
      signal: control.signal,
      onWait: control.waits,
      onProgress: ({ step, steps }) => control.progress(step / steps, recipe.operation === 'upscale' ? 'enlarging' : 'denoising'),
    }))
  })
}
