import { StudioError, type FactId } from '../../contract/index.js'
import type { JobContext, JobRunner, RunningJob } from '../jobs/index.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import { blobToFile, findPicture } from './blob-files.js'
import { editOf } from './edit.js'
import { enlargeInProject, enlargeVersion, type EnlargeParams } from './enlarge-runner.js'
import { keepPicture, type KeepingPictures } from './keep-picture.js'
import { outputsOf, type PicturePlan } from './plan.js'
import { maskOfPicture, sourceOfPicture } from './source-picture.js'

/** What a picture job keeps in the queue: all that its result depends on. */
export type PictureJobParams =
  /** `earlier`: the jobs that this one tries again. The pictures that came of them are not made anew. */
  | { readonly type: 'make'; readonly item: FactId; readonly plan: PicturePlan; readonly earlier?: readonly string[] }
  | { readonly type: 'remake'; readonly version: FactId }
  | EnlargeParams

interface Surroundings extends KeepingPictures {
  readonly projects: OpenProjects
}

/**
 * The runner of picture jobs. Each picture is a version in a commit of its own as soon as it is ready, so that a restart
 * makes only those that the project does not hold.
 */
export function createPictureRunner(surroundings: Surroundings): JobRunner {
  const { imaging, projects } = surroundings
  const held = (job: RunningJob) => heldOutputs(projects.byPath(job.projectPath!), job.id, job.params as PictureJobParams)
  return {
    lane: 'image',
    afterRestart: 'continue',
    // Interrupted jobs may hold some of their pictures: only with all of them they are done.
    made: (job) => (held(job).size >= job.wanted ? [...held(job).values()] : []),
    again({ id, params }) {
      const before = params as PictureJobParams
      return before.type === 'make' ? { ...before, earlier: [...(before.earlier ?? []), id] } : before
    },
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

/** The pictures of a job that the project holds, by number, also those that came of the jobs which it tries again. */
function heldOutputs(project: OpenProject | null | undefined, job: string, params: PictureJobParams): Map<number, FactId> {
  const earlier = params.type === 'make' ? (params.earlier ?? []) : []
  return new Map(project ? [...earlier, job].flatMap((id) => [...project.writer.outputsOfJob(id)]).sort(([a], [b]) => a - b) : [])
}

async function makeAll(surroundings: Surroundings, project: OpenProject, job: string, params: PictureJobParams & { type: 'make' }, control: JobContext): Promise<void> {
  const { imaging } = surroundings
  const { item, plan } = params
  const wanted = outputsOf(plan)
  const held = heldOutputs(project, job, params)
  for (const version of held.values()) control.output(version)
  await imaging.scratch.with(async (folder) => {
    const fileOf = (version: FactId | undefined, name: string) =>
      version && held.size < plan.count ? blobToFile(project.writer, findPicture(project.writer, version).content.hash, folder, name) : undefined
    const [imageFile, maskFile] = [await fileOf(plan.image?.version, 'source'), await fileOf(plan.mask, 'mask')]
    for (let output = 0; output < plan.count; output++) {
      if (held.has(output)) continue
      control.signal.throwIfAborted()
      control.progress(output / wanted, 'loading')
      const made = await imaging.makePicture(plan, output, {
        job, signal: control.signal, imageFile, maskFile,
        onWait: control.waits,
        onProgress: ({ step, steps }) => control.progress((output + step / steps) / wanted, 'denoising'),
        onPreview: (number) => control.preview(output, number),
      })
      try {
        // From here on it heeds no signal.
        const parents = plan.image ? [plan.image.version] : []
        const version = await keepPicture(surroundings, project, made, { item, parents, reason: 'generated', recipe: made.recipe, label: 'undo.generate' })
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
  const recipe = row?.fact.recipe
  const edit = recipe && editOf(recipe)
  if (!row || row.content.type !== 'blob' || !recipe || (recipe.by !== 'image-model' && !edit)) throw new StudioError('not-found', { what: 'version', id: version })
  const { hash: sha256 } = row.content
  const source = sourceOfPicture(row)
  control.progress(null, 'loading')
  await imaging.scratch.with(async (folder) => {
    const fileOf = (version: FactId | null, name: string) => (version ? blobToFile(project.writer, findPicture(project.writer, version).content.hash, folder, name) : undefined)
    const imageFile = await fileOf(source, 'source')
    const maskFile = await fileOf(maskOfPicture(row), 'mask')
    const { signal } = control
    if (edit) return control.remade(await imaging.repeatEdit(edit, { sha256, imageFile }, { signal }))
    if (recipe.by !== 'image-model') return
    control.remade(await imaging.remakePicture(recipe, { sha256, imageFile, maskFile }, {
      signal,
      onWait: control.waits,
      onProgress: ({ step, steps }) => control.progress(step / steps, recipe.operation === 'upscale' ? 'enlarging' : 'denoising'),
    }))
  })
}
