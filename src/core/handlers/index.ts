import type { Services } from '../services.js'
import { studio } from './base.js'
import { copyHandlers } from './copies.js'
import { exchangeHandlers } from './exchange.js'
import { galleryHandlers, lineageHandlers } from './gallery.js'
import { itemHandlers } from './items.js'
import { jobHandlers } from './jobs.js'
import { modelHandlers } from './models.js'
import { pictureHandlers } from './pictures.js'
import { projectHandlers } from './projects.js'
import { reviewHandlers } from './review.js'
import { searchHandlers } from './search.js'
import { systemHandlers } from './system.js'
import { textHandlers } from './texts.js'

export type { CallContext, Caller } from './base.js'

/** One handler for each operation of the contract; one that is missing does not compile. */
export function createRouter(services: Services) {
  return studio.router({
    system: systemHandlers(services),
    projects: projectHandlers(services),
    items: { ...itemHandlers(services), ...lineageHandlers(services) },
    texts: textHandlers(services),
    jobs: jobHandlers(services),
    models: modelHandlers(services),
    exchange: exchangeHandlers(services),
    review: reviewHandlers(services),
    copies: copyHandlers(services),
    search: searchHandlers(services),
    pictures: { ...pictureHandlers(services), ...galleryHandlers(services) },
  })
}
export type StudioRouter = ReturnType<typeof createRouter>
