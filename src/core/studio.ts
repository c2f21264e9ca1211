import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetFile, AssetRequest } from '../contract/index.js'
import { createCopyRunner, createMergeRunner } from './copies/index.js'
import { createEngines } from './engines/index.js'
import { createEvents } from './events.js'
import { createExportRunner, createImportRunner } from './exchange/index.js'
import { createRouter, type StudioRouter } from './handlers/index.js'
import { answerAssets, createAssets, createImaging, createPictureRunner, imageModels, pictureBlob, upscalers } from './imaging/index.js'
import { createQueue } from './jobs/index.js'
import { createModels, findBuiltIn } from './models/index.js'
import { createOpenProjects } from './open-projects.js'
import type { StudioOptions } from './options.js'
import { createPeople } from './people.js'
import { sweepPrivateCopies } from './project/index.js'
import { createMeaning, createSearchFollower, createSearchIndex } from './search/index.js'
import type { Services } from './services.js'
import { createSettings } from './settings.js'
import { jsonValues, openStudioDb } from './studio-db/index.js'
import { createTextRunner, Drafts } from './writing/index.js'

export interface Studio {
  readonly router: StudioRouter
  readonly services: Services
  /** The file behind an address of the page, or null where there is none. */
  asset(request: AssetRequest): Promise<AssetFile | null>
  /** Ends jobs and engines and closes every project. What was acknowledged is on disk either way. */
  close(): Promise<void>
}

/** The studio itself: the same in Electron, the browser shell, the command line and tests. */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  await mkdir(options.userData, { recursive: true })
  await mkdir(options.cacheDir, { recursive: true })
  const db = openStudioDb(join(options.userData, 'studio.db'))
  const events = createEvents()
  const settings = createSettings({ store: db.settings, events, userData: options.userData })
  const people = createPeople({ store: db.keyValue('people'), settingsName: () => settings.read().name, asPerson: options.asPerson, signer: options.signer })
  const engines = createEngines({ spawn: options.spawn, patience: options.enginePatience })
  const builtIn = findBuiltIn(options.resources)
  const models = createModels({ engines, settingsStore: jsonValues(db.keyValue('models')), modelsFolder: settings.read().modelsFolder, builtIn })
  const projects = createOpenProjects({ db, events, people, cacheDir: options.cacheDir, remembers: options.shell !== 'cli' })
  const drafts = new Drafts({ events, people })
  const imaging = createImaging({ engines, models: imageModels(models, () => settings.read().imageModel), upscalers: upscalers(models), cacheDir: options.cacheDir })
  const assets = createAssets({
    cacheDir: options.cacheDir, engines,
    readBlob: (handle, hash) => pictureBlob(projects.get(handle).writer, hash),
    readThumbnail: (handle, hash) => projects.get(handle).writer.thumbnail(hash),
  })
  const queue = createQueue({
    db, events,
    // A command is over when it has answered: it must not begin what the studio has in its queue.
    takes: options.shell === 'cli' ? 'own' : 'all',
    runners: {
      text: createTextRunner({ engines, models, projects, drafts, people, events }),
      image: createPictureRunner({ imaging, projects, people, events }),
      import: createImportRunner({ imaging, projects, people, events }),
      export: createExportRunner({
        projects, events,
        services: () => ({ imaging, engines, drafts, author: people.current(), tool: `Galley ${options.version}`, memory: db.keyValue('exports') }),
      }),
      copy: createCopyRunner({ projects, drafts }),
      merge: createMergeRunner({ projects, people, drafts, events }),
    },
  })

  const index = createSearchIndex(db.relaxed)
  const meaning = createMeaning({
    db, events, engines, queue, projects, folder: builtIn.image,
    isOn: () => settings.read().searchByMeaning,
    // A command reads only what it was asked to search.
    begins: options.shell === 'cli' ? 'asked' : 'by-itself',
  })
  const follower = createSearchFollower({ index, events, projects, onFollowed: meaning.wake })

  projects.onOpened((project) => {
    queue.projectOpened(project.path, project.handle)
    follower.opened(project)
  })
  projects.onClosing(async (project) => {
    await queue.projectClosed(project.path)
    drafts.forget(project)
  })
  models.onChange(() => events.publish({ type: 'models.changed' }))
  engines.onChange(() => events.publish({ type: 'engines.changed' }))

  const services: Services = {
    options, db, events, settings, people, projects, drafts, queue, engines, models, imaging, assets, search: { index, follower, meaning },
    publishItem(project, item) {
      events.publish({ type: 'item.changed', project, item })
      events.publish({ type: 'history.changed', project })
    },
  }
  await sweepPrivateCopies(options.cacheDir)
  await projects.reopen()
  return {
    router: createRouter(services),
    services,
    asset: answerAssets({ imaging, assets }),
    async close() {
      await queue.close()
      await follower.close()
      await meaning.close()
      await projects.closeAll()
      await engines.close()
      db.close()
    },
  }
}
