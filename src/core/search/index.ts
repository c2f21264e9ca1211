export { createSearchFollower, type SearchFollower } from './follower.js'
export { followProject, type FollowOptions } from './follow-project.js'
export { createSearchIndex } from './search-index.js'
export type { IndexOptions, SearchDocument, SearchIndex, SearchItem, SearchPlace } from './types.js'
