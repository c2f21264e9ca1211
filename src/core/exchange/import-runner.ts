import { basename } from 'node:path'
import { StudioError, toErrorRecord, type FactId, type ImportOutcome } from '../../contract/index.js'
import type { Events } from '../events.js'
import { hashFile, type Imaging } from '../imaging/index.js'
import type { JobContext, JobRunner, RunningJob } from '../jobs/index.js'
import { newFolder } from '../new-item.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import type { People } from '../people.js'
import { importFile, titleOf, type Imported } from './import-file.js'
import type { FileList, FileToImport } from './import-list.js'

/** What an import keeps in the queue; `from`: the files before it were dealt with by an earlier try. */
export interface ImportJobParams extends FileList { readonly folder: FactId | null; readonly from: number }

/** Refusals that a job names; the rest is counted. */
const MOST_NAMED = 50

interface Surroundings { readonly imaging: Imaging; readonly projects: OpenProjects; readonly people: People; readonly events: Events }

/** How many files an earlier run of the same job dealt with. */
const dealtWith = (job: RunningJob): number => (job.outcome?.type === 'import' ? job.outcome.imported + job.outcome.refusals : 0)

/**
 * The runner of imports: each file is an item in a commit of its own, in order. What came in stays, however the job ends; a restart
 * and another try go on with those that are missing.
 */
export function createImportRunner(surroundings: Surroundings): JobRunner {
  return {
    lane: 'files',
    afterRestart: 'continue',
    again(job) {
      const params = job.params as ImportJobParams
      return { ...params, refused: [], from: Math.min(params.files.length, params.from + Math.max(0, dealtWith(job) - params.refused.length)) } satisfies ImportJobParams
    },
    async run(job, control) {
      const project = surroundings.projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      await bringIn(surroundings, project, job, control)
    },
  }
}

async function bringIn(surroundings: Surroundings, project: OpenProject, job: RunningJob, { signal, progress, outcome, answer }: JobContext): Promise<void> {
  const { events, people } = surroundings
  const { files, refused: before, folder, from } = job.params as ImportJobParams
  const came: ImportOutcome = { imported: [], refused: [...before], missing: [] }
  const last = job.outcome?.type === 'import' ? job.outcome : null
  let imported = last?.imported ?? 0
  let refusals = last?.refusals ?? before.length
  const named = [...(last?.refused ?? before)]
  const first = from + (last ? dealtWith(job) - before.length : 0)
  const folders = createFolders(surroundings, project, folder)
  const all = files.reduce((sum, { bytes }) => sum + bytes + 1, 0)
  let read = files.slice(0, first).reduce((sum, { bytes }) => sum + bytes + 1, 0)
  const tell = (): void => outcome({ type: 'import', imported, of: files.length - from + before.length, refused: named.slice(0, MOST_NAMED), refusals })
  tell()
  for (const [index, file] of files.entries()) {
    if (index < first) continue
    if (signal.aborted) break
    progress(read / all, 'bringing-in')
    try {
      const there = index === first && last ? await inProject(project, file, job.createdAt) : null
      const one = there ?? (await importFile(file.path, { imaging: surroundings.imaging, project, author: people.current(), folder: await folders.of(file.folders), signal }))
      came.imported.push(one)
      imported += 1
      tell()
      events.publish({ type: 'version.created', project: project.handle, item: one.item, version: one.version })
      events.publish({ type: 'item.changed', project: project.handle, item: one.item })
      events.publish({ type: 'history.changed', project: project.handle })
    } catch (error) {
      if (signal.aborted) break
      // What concerns the project and not the file ends all of it.
      if (error instanceof StudioError && ['project-read-only', 'disk-full'].includes(error.code)) throw error
      const refusal = { name: basename(file.path), error: toErrorRecord(error) }
      came.refused.push(refusal)
      named.push(refusal)
      refusals += 1
      tell()
    }
    read += file.bytes + 1
  }
  came.missing.push(...files.slice(from + imported + refusals - before.length).map(({ path }) => basename(path)))
  answer(came)
  if (came.missing.length > 0) throw new StudioError('cancelled', {})
}

/** The folders of the project that stand for those on disk; one of the same name that is there already is used. */
function createFolders({ people, events }: Surroundings, project: OpenProject, top: FactId | null) {
  const known = new Map<string, FactId | null>([['', top]])
  async function of(names: readonly string[]): Promise<FactId | null> {
    const key = names.join('/')
    const present = known.get(key)
    if (present !== undefined) return present
    const parent = await of(names.slice(0, -1))
    const title = names.at(-1)!.toWellFormed().slice(0, 300).toWellFormed()
    const there = project.writer.folders().find((one) => !one.deleted && one.parent === parent && one.title === title)
    const id = there?.id ?? (await make(title, parent))
    known.set(key, id)
    return id
  }
  async function make(title: string, parent: FactId | null): Promise<FactId> {
    const author = people.current()
    const { id, fact, registers } = newFolder(project.writer, author, { title, parent })
    await project.writer.commit({ label: 'undo.create', author, facts: [fact], registers })
    events.publish({ type: 'item.changed', project: project.handle, item: id })
    return id
  }
  return { of }
}

/** The file that was coming in when core died may be in the project although the queue did not hear of it. */
async function inProject(project: OpenProject, file: FileToImport, since: number): Promise<Imported | null> {
  const name = basename(file.path)
  const alike = project.writer.items().filter((item) => item.createdAt >= since && item.title === titleOf(name))
  if (alike.length === 0) return null
  const hash = await hashFile(file.path).catch(() => null)
  for (const item of alike) {
    const [version] = item.heads
    const recipe = version === undefined ? undefined : project.writer.version(version)?.fact.recipe
    if (version !== undefined && recipe?.by === 'import' && recipe.hash === hash && recipe.name === name) return { name, item: item.id, version }
  }
  return null
}
