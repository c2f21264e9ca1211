import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { StudioError } from '../contract/index.js'
import type { Events } from './events.js'
import type { People } from './people.js'
import { createProject, openProject, type OpenProject as ProjectFile } from './project/index.js'
import type { StudioDb } from './studio-db/index.js'

export interface OpenProject { readonly handle: string; readonly path: string; readonly writer: ProjectFile }

export interface OpenProjects {
  create(path: string, title: string): Promise<OpenProject>
  open(path: string): Promise<OpenProject>
  /** The open project of a handle. Errors: `not-found`. */
  get(handle: string): OpenProject
  byPath(path: string): OpenProject | undefined
  all(): readonly OpenProject[]
  close(handle: string): Promise<void>
  /** Opens again what was open when core ended without closing. Answers with what could not be. */
  reopen(): Promise<void>
  closeAll(): Promise<void>
  onOpened(listener: (project: OpenProject) => void | Promise<void>): void
  onClosing(listener: (project: OpenProject) => void | Promise<void>): void
}

const REMEMBERED = 'open'

/** The same file has the same handle in every run of core, so that a page goes on after core was restarted. */
function handleOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 24)
}

export function createOpenProjects(options: {
  db: StudioDb
  events: Events
  people: People
  cacheDir: string
  /** Whether what is open is opened again after a crash. A command does not: what the window has open is not its to change. */
  remembers: boolean
}): OpenProjects {
  const { db, events, people, cacheDir, remembers } = options
  const open = new Map<string, OpenProject>()
  const opening = new Map<string, Promise<OpenProject>>()
  const opened: ((project: OpenProject) => void | Promise<void>)[] = []
  const closing: ((project: OpenProject) => void | Promise<void>)[] = []

  const store = db.keyValue('projects')
  const remember = () => {
    if (remembers) store.set(REMEMBERED, JSON.stringify([...open.values()].map((one) => one.path)))
  }

  async function register(writer: ProjectFile): Promise<OpenProject> {
    const project = { handle: handleOf(writer.path), path: writer.path, writer }
    open.set(project.handle, project)
    db.recents.add({ path: writer.path, title: writer.project().title, openedAt: Date.now() })
    remember()
    for (const listener of opened) await listener(project)
    events.publish({ type: 'project.opened', project: project.handle })
    return project
  }

  const self: OpenProjects = {
    async create(path, title) {
      const author = people.current()
      return register(await createProject(path, { title, author, memory: db.replicaMemory, cacheDir }))
    },
    async open(path) {
      // Two windows that ask at once for one file share one opening.
      const real = await realpath(path).catch(() => path)
      const handle = handleOf(real)
      const present = open.get(handle)
      if (present) return present
      const running = opening.get(handle)
      if (running) return running
      const work = (async () => register(await openProject(real, { author: people.current(), memory: db.replicaMemory, cacheDir })))()
      opening.set(handle, work)
      try {
        return await work
      } finally {
        opening.delete(handle)
      }
    },
    get(handle) {
      const project = open.get(handle)
      if (!project) throw new StudioError('not-found', { what: 'project', id: handle })
      return project
    },
    byPath: (path) => open.get(handleOf(path)),
    all: () => [...open.values()],
    async close(handle) {
      const project = self.get(handle)
      for (const listener of closing) await listener(project)
      open.delete(handle)
      remember()
      await project.writer.close()
      events.publish({ type: 'project.closed', project: handle })
    },
    async reopen() {
      if (!remembers) return
      const paths = JSON.parse(store.get(REMEMBERED) ?? '[]') as string[]
      for (const path of paths) await self.open(path).catch(() => undefined)
      remember()
    },
    async closeAll() {
      for (const handle of [...open.keys()]) await self.close(handle)
    },
    onOpened: (listener) => void opened.push(listener),
    onClosing: (listener) => void closing.push(listener),
  }
  return self
}
