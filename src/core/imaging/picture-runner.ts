import { createReadStream } from 'node:fs'
import { StudioError, type FactId, type FactOf } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { JobContext, JobRunner, RunningJob } from '../jobs/index.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import type { People } from '../people.js'
import { blobToFile, findPicture } from './blob-files.js'
import type { Imaging } from './imaging.js'
import type { PicturePlan } from './plan.js'
import type { MadePicture } from './types.js'

/** What a picture job keeps in the queue: all that its result depends on. */
export type PictureJobParams = { readonly type: 'make'; readonly item: FactId; readonly plan: PicturePlan } | { readonly type: 'remake'; readonly version: FactId }

interface Surroundings {
  readonly imaging: Imaging
  readonly projects: OpenProjects
  readonly people: People
  readonly events: Events
}

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
      try {
        await makeAll(surroundings, project, job.id, params, control)
      } finally {
        await imaging.removePreviews(job.id, params.plan.count)
      }
    },
  }
}

async function makeAll(surroundings: Surroundings, project: OpenProject, job: string, params: PictureJobParams & { type: 'make' }, control: JobContext): Promise<void> {
  const { imaging } = surroundings
  const { item, plan } = params
  const held = project.writer.outputsOfJob(job)
  for (const version of held.values()) control.output(version)
  await imaging.scratch.with(async (folder) => {
    const image = plan.image && held.size < plan.count ? await blobToFile(project.writer, findPicture(project.writer, plan.image.version).content.hash, folder) : undefined
    for (let output = 0; output < plan.count; output++) {
      if (held.has(output)) continue
      control.signal.throwIfAborted()
      control.progress(output / plan.count, 'loading')
      const made = await imaging.makePicture(plan, output, {
        job, signal: control.signal, imageFile: image,
        onWait: control.waits,
        onProgress: ({ step, steps }) => control.progress((output + step / steps) / plan.count, 'denoising'),
        onPreview: (number) => control.preview(output, number),
      })
      try {
        control.output(await keepPicture(surroundings, project, item, plan, made))
      } finally {
        await made.dispose()
      }
    }
  })
}

/** Writes a picture into the project. From here on it heeds no signal: what was made is kept. */
async function keepPicture({ imaging, people, events }: Surroundings, project: OpenProject, item: FactId, plan: PicturePlan, made: MadePicture): Promise<FactId> {
  const { writer, handle } = project
  const author = people.current()
  const { file, width, height, mediaType, recipe } = made
  const { hash, size } = await writer.writeBlob(createReadStream(file))
  const fact: FactOf<'version'> = {
    kind: 'version', at: Date.now(), by: author.person, item, parents: plan.image ? [plan.image.version] : [],
    content: { type: 'blob', hash, size, mediaType, width, height }, reason: 'generated', recipe,
  }
  const { facts } = await writer.commit({ label: 'undo.generate', author, facts: [fact] })
  // A thumbnail is a cache: without it the page gets one that is made from the picture.
  await imaging.thumbnailOf(file).then((webp) => writer.writeThumbnail(hash, webp)).catch(() => undefined)
  events.publish({ type: 'version.created', project: handle, item, version: facts[0]! })
  events.publish({ type: 'item.changed', project: handle, item })
  events.publish({ type: 'history.changed', project: handle })
  return facts[0]!
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
      onProgress: ({ step, steps }) => control.progress(step / steps, 'denoising'),
    }))
  })
}
