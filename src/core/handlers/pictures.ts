import { basename } from 'node:path'
import { StudioError, toErrorRecord, type FactId, type ImportOutcome, type PictureRequest } from '../../contract/index.js'
import { createUploads, importFile, listFiles, type ImportJobParams } from '../exchange/index.js'
import {
  blobToFile, editOf, findPicture, keepMask, keepPicture, maskOfPicture, MOST_PICTURES, outputsOf, readPromptHistory, sourceOfPicture, titleFromPrompt, type PictureJobParams,
} from '../imaging/index.js'
import type { OpenProject } from '../open-projects.js'
import type { ItemRow } from '../project/index.js'
import type { Services } from '../services.js'
import { studio } from './base.js'
import { askToEnlarge, checkEnlarging } from './enlarge.js'
import { createItem, findItem, findVersion } from './items.js'

export function pictureHandlers(services: Services) {
  const { projects, people, queue, imaging, events } = services
  const uploads = createUploads<ImportOutcome>(imaging.scratch)

  /** The image that the pictures go into: the named one, or a new one once all else is known to be right. */
  async function itemFor(project: OpenProject, input: PictureRequest): Promise<ItemRow> {
    if (input.item) return findItem(project.writer, input.item)
    return createItem(services, project, { kind: 'image', title: input.title ?? titleFromPrompt(input.prompt), folder: input.folder ?? null })
  }

  async function bringIn(project: OpenProject, paths: readonly string[], folder: FactId | null, job?: string): Promise<ImportOutcome> {
    if (project.writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
    const list = await listFiles(paths)
    if (list.files.length === 0) return { imported: [], refused: [...list.refused], missing: [] }
    const params: ImportJobParams = { ...list, folder, from: 0 }
    return queue.ask<ImportOutcome>({ id: job, kind: 'import', title: basename(paths[0]!), detail: 'import', projectPath: project.path, params, wanted: list.files.length })
  }

  /** Bytes that a page sent lie in scratch, which a restart does not keep: no job could go on with them. */
  async function bringInUpload(project: OpenProject, path: string, folder: FactId | null): Promise<ImportOutcome> {
    try {
      const imported = await importFile(path, { imaging, project, author: people.current(), folder })
      events.publish({ type: 'version.created', project: project.handle, item: imported.item, version: imported.version })
      services.publishItem(project.handle, imported.item)
      return { imported: [imported], refused: [], missing: [] }
    } catch (error) {
      // What concerns the project and not the file is no refusal.
      if (error instanceof StudioError && ['project-read-only', 'disk-full'].includes(error.code)) throw error
      return { imported: [], refused: [{ name: basename(path), error: toErrorRecord(error) }], missing: [] }
    }
  }

  async function pick(handle: string, versions: readonly FactId[], picked: boolean): Promise<Record<string, never>> {
    const { writer } = projects.get(handle)
    const rows = versions.map((id) => findPicture(writer, id))
    const changed = rows.filter(({ id }) => writer.register(id, 'picked') !== picked)
    if (changed.length === 0) return {}
    await writer.commit({ label: 'undo.pick', author: people.current(), registers: changed.map(({ id }) => ({ target: id, name: 'picked', value: picked })) })
    for (const item of new Set(changed.map((row) => row.item))) {
      services.publishItem(handle, item)
      // Setting siblings aside leaves one head, and with it another state.
      events.publish({ type: 'review.changed', project: handle, item })
    }
    return {}
  }

  return {
    capabilities: studio.pictures.capabilities.handler(async ({ input, signal }) => {
      const { model: { id, name, demo = false }, backend, can } = await imaging.capabilities(input.model ?? null, { signal })
      const { operations, sizes, steps, guidance, negativePrompt, transparent, samplers, limits, preview, cancel, repeatable } = can
      return {
        model: { id, name, demo }, backend, operations: [...operations], sizes: sizes.map(([width, height]) => [width, height] as [number, number]), steps, guidance, negativePrompt, transparent,
        samplers: [...samplers], limits: { prompt: limits.prompt, count: MOST_PICTURES }, preview, cancel, repeatable,
      }
    }),
    ask: studio.pictures.ask.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const { writer } = project
      if (writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
      if (input.item && findItem(writer, input.item).kind !== 'image') throw new StudioError('bad-input', { detail: 'pictures go into an image' })
      if (input.image) findPicture(writer, input.image.version)
      if (input.illustrates) findVersion(writer, input.illustrates)
      const { mask: painted, ...asked } = input
      if (painted !== undefined && !input.image) throw new StudioError('bad-input', { detail: 'a mask without a picture that it lies on' })
      // Whether it can be done at all is known before the mask is kept: until then the picture stands for it.
      const wanted = await imaging.plan({ ...asked, ...(painted === undefined ? {} : { mask: input.image!.version }) }, input.model ?? null)
      if (wanted.enlarge) await checkEnlarging(services, project, wanted)
      const plan = painted === undefined ? wanted : {
        ...wanted,
        mask: await keepMask({ imaging, project, author: people.current() }, { of: input.image!.version, png: Buffer.from(painted, 'base64'), title: titleFromPrompt(input.prompt) }),
      }
      const { id, title } = await itemFor(project, input)
      const params: PictureJobParams = { type: 'make', item: id, plan }
      const job = queue.enqueue({ kind: 'image', title, detail: plan.operation, projectPath: project.path, item: id, params, wanted: outputsOf(plan) })
      return { job, item: id }
    }),
    enlargement: studio.pictures.enlargement.handler(async ({ signal }) => {
      try {
        const { model: { name, licence }, factor, mostPixels } = await imaging.enlargement({ signal })
        return { model: { name, licence }, factor, mostPixels }
      } catch (error) {
        if (error instanceof StudioError && ['model-missing', 'not-supported', 'not-a-model'].includes(error.code)) return null
        throw error
      }
    }),
    enlarge: studio.pictures.enlarge.handler(async ({ input }) => askToEnlarge(services, input)),
    remakeOutlook: studio.pictures.remakeOutlook.handler(async ({ input }) => {
      const { writer } = projects.get(input.project)
      const version = findVersion(writer, input.version)
      const outlook = await imaging.remakeOutlook(version.fact.recipe)
      const isThere = (id: string | null): boolean => id === null || writer.version(id)?.removed === false
      if (isThere(sourceOfPicture(version)) && isThere(maskOfPicture(version))) return outlook
      return { possible: false, exact: false, reasons: [...outlook.reasons, 'source-missing' as const] }
    }),
    remake: studio.pictures.remake.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const row = findVersion(project.writer, input.version)
      const { recipe } = row.fact
      if (!editOf(recipe)) {
        if (recipe.by !== 'image-model') throw new StudioError('not-supported', { detail: 'no model made this version' })
        if (!(await imaging.remakeOutlook(recipe)).possible) throw new StudioError('model-missing', { model: recipe.model.name, next: 'Add the model that made it.' })
      }
      const params: PictureJobParams = { type: 'remake', version: row.id }
      return { job: queue.enqueue({ kind: 'image', title: findItem(project.writer, row.item).title, detail: 'remake', projectPath: project.path, item: row.item, params }) }
    }),
    edit: studio.pictures.edit.handler(async ({ input, signal }) => {
      const project = projects.get(input.project)
      const { writer } = project
      if (writer.readOnly) throw new StudioError('project-read-only', { path: project.path })
      const row = findPicture(writer, input.version)
      return imaging.scratch.with(async (folder) => {
        const { engine, ...picture } = await imaging.editPicture(await blobToFile(writer, row.content.hash, folder), input.steps, { folder, signal })
        if (signal?.aborted) throw new StudioError('cancelled', {})
        const recipe = { by: 'hand', edit: { steps: input.steps, engine } } as const
        const version = await keepPicture(services, project, picture, { item: row.item, parents: [row.id], reason: 'edited', recipe, label: 'undo.edit-picture' })
        return { item: row.item, version }
      })
    }),
    keep: studio.pictures.keep.handler(({ input }) => pick(input.project, input.versions, true)),
    discard: studio.pictures.discard.handler(({ input }) => pick(input.project, input.versions, false)),
    import: studio.pictures.import.handler(({ input }) => bringIn(projects.get(input.project), input.paths, input.folder ?? null, input.job)),
    importBytes: studio.pictures.importBytes.handler(async ({ input }) => {
      const project = projects.get(input.project)
      const part = { ...input, bytes: Buffer.from(input.bytes, 'base64') }
      const { received, outcome } = await uploads.add(part, (file) => bringInUpload(project, file, input.folder ?? null))
      return { received, ...(outcome ?? { imported: [], refused: [], missing: [] }) }
    }),
    promptHistory: studio.pictures.promptHistory.handler(({ input }) => readPromptHistory(projects.get(input.project).writer, input)),
  }
}
