import { stat } from 'node:fs/promises'
import type { ProjectSummary } from '../../contract/index.js'
import { announceItems, mergeLabel, type MergeJobParams } from '../copies/index.js'
import { freePath, PROJECT_ENDING } from '../free-path.js'
import type { OpenProject } from '../open-projects.js'
import { checkProject } from '../project/index.js'
import { copySample } from '../sample-project.js'
import type { Services } from '../services.js'
import { studio } from './base.js'

export function summarise({ handle, path, writer }: OpenProject): ProjectSummary {
  const project = writer.project()
  return {
    handle, path, title: project.title, readOnly: writer.readOnly, notices: [...writer.notices],
    founder: project.founder ? { person: project.founder, name: writer.personName(project.founder) } : null,
    savedAt: project.savedAt, counts: { items: project.items, versions: project.versions },
  }
}

export function projectHandlers(services: Services) {
  const { db, projects, people, events } = services
  const changed = (project: string) => {
    events.publish({ type: 'project.changed', project })
    events.publish({ type: 'history.changed', project })
  }

  async function travel({ project: handle, job }: { project: string; job?: string }, direction: 'undo' | 'redo'): Promise<string> {
    const project = projects.get(handle)
    // A merge may have brought a hundred thousand changes: taking it back is as long as that.
    if (project.writer.undoLabels()[direction] === mergeLabel) {
      const params: MergeJobParams = { type: direction }
      return services.queue.ask<string>({ id: job, kind: 'merge', title: project.writer.project().title, detail: `${direction}-merge`, projectPath: project.path, params })
    }
    const { label, items } = await project.writer[direction](people.current())
    await announceItems(services, project, items)
    return label
  }

  return {
    recent: studio.projects.recent.handler(async () => Promise.all(db.recents.list().map(async (one) => ({
      ...one,
      exists: await stat(one.path).then((found) => found.isFile(), () => false),
      open: projects.byPath(one.path)?.handle ?? null,
    })))),
    forget: studio.projects.forget.handler(async ({ input }) => {
      db.recents.forget(input.path)
      return {}
    }),
    create: studio.projects.create.handler(async ({ input }) => {
      const path = input.path ?? (await freePath(await services.settings.projectsFolder(), input.title))
      return summarise(await projects.create(path.endsWith(PROJECT_ENDING) ? path : path + PROJECT_ENDING, input.title))
    }),
    open: studio.projects.open.handler(async ({ input }) => summarise(await projects.open(input.path))),
    openSample: studio.projects.openSample.handler(async () => {
      const folder = await services.settings.projectsFolder()
      return summarise(await projects.open(await copySample(services.options.resources, folder)))
    }),
    get: studio.projects.get.handler(async ({ input }) => summarise(projects.get(input.project))),
    close: studio.projects.close.handler(async ({ input }) => {
      await projects.close(input.project)
      return {}
    }),
    rename: studio.projects.rename.handler(async ({ input }) => {
      const { writer, handle, path } = projects.get(input.project)
      await writer.commit({ label: 'undo.rename', author: people.current(), registers: [{ target: writer.project().id, name: 'title', value: input.title }] })
      db.recents.add({ path, title: input.title, openedAt: Date.now() })
      changed(handle)
      return {}
    }),
    check: studio.projects.check.handler(async ({ input }) => {
      const report = await checkProject(input.path, { rebuild: input.rebuild, cacheDir: services.options.cacheDir })
      return { ...report, problems: [...report.problems] }
    }),
    undo: studio.projects.undo.handler(async ({ input }) => ({ undone: await travel(input, 'undo') })),
    redo: studio.projects.redo.handler(async ({ input }) => ({ redone: await travel(input, 'redo') })),
    history: studio.projects.history.handler(async ({ input }) => projects.get(input.project).writer.undoLabels()),
  }
}
