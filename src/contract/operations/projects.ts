import { z } from 'zod'
import { instant, projectHandle, randomId } from '../records/index.js'
import { operation } from './base.js'
import { jobName } from './jobs.js'

const path = z.string().min(1).max(4096)

export const projectSummary = z.object({
  handle: projectHandle,
  path: z.string(),
  title: z.string(),
  readOnly: z.boolean(),
  /** What a person should know about this opening, as message ids: `recovered`, `network-folder`, `migrated`, `read-only`. */
  notices: z.array(z.string()),
  founder: z.object({ person: randomId, name: z.string() }).nullable(),
  /** When something was last saved. */
  savedAt: instant,
  counts: z.object({ items: z.number().int(), versions: z.number().int() }),
})
export type ProjectSummary = z.infer<typeof projectSummary>

export const recentProject = z.object({ path: z.string(), title: z.string(), openedAt: instant, exists: z.boolean(), open: projectHandle.nullable() })

export const projects = {
  recent: operation.output(z.array(recentProject)),
  forget: operation.input(z.object({ path })).output(z.object({})),
  /** Makes a project. Without a path it goes into the projects folder under a name made from the title. */
  create: operation.input(z.object({ title: z.string().trim().min(1).max(300), path: path.optional() })).output(projectSummary),
  open: operation.input(z.object({ path })).output(projectSummary),
  /**
   * Copies the sample project that ships with the studio into the projects folder, under a free name, and opens the copy.
   * Errors: `not-found` where it does not ship with this studio, `disk-full`, `no-permission`.
   */
  openSample: operation.output(projectSummary),
  get: operation.input(z.object({ project: projectHandle })).output(projectSummary),
  close: operation.input(z.object({ project: projectHandle })).output(z.object({})),
  rename: operation.input(z.object({ project: projectHandle, title: z.string().trim().min(1).max(300) })).output(z.object({})),
  check: operation.input(z.object({ path, rebuild: z.boolean() })).output(z.object({
    ok: z.boolean(), commits: z.number().int(), versions: z.number().int(), blobs: z.number().int(),
    problems: z.array(z.object({ code: z.string(), detail: z.string() })),
  })),
  /** Of a merge it is a job, since it may be long. */
  undo: operation.input(z.object({ project: projectHandle, ...jobName })).output(z.object({ undone: z.string() })),
  redo: operation.input(z.object({ project: projectHandle, ...jobName })).output(z.object({ redone: z.string() })),
  /** What undo and redo would do next, as message ids with their values, or null. */
  history: operation.input(z.object({ project: projectHandle })).output(z.object({ undo: z.string().nullable(), redo: z.string().nullable() })),
}
