export { createSearchIndex } from './search-index.js'
export type { IndexOptions, SearchDocument, SearchIndex, SearchPlace } from './types.js'
