import type { FactId, SearchHit } from '../../contract/index.js'

/** Where words were found. */
export type SearchPlace = SearchHit['where']

/** Something that can be found: a text's newest words, a prompt, a comment, a tag. */
export interface SearchDocument {
  /** Unique in its project, and the same each time. */
  readonly document: string
  /** `text` and `title` are found by the item's title too, the others by their body alone. */
  readonly place: SearchPlace
  readonly body: string
}

/** All that can be found of one item; without documents it is found no more. */
export interface SearchItem {
  readonly item: FactId
  readonly kind: string
  readonly title: string
  readonly documents: readonly SearchDocument[]
  /** Documents of this place stay as they were indexed, and are not among `documents`. */
  readonly keeps?: SearchDocument['place']
}

export interface IndexOptions {
  /** How far the project's history was read; remembered with the last item, so that after a crash it is read from the old place again. */
  readonly position: string
  /** These are all items of the project: others that were known are gone. */
  readonly complete?: boolean
  readonly signal?: AbortSignal
}

/**
 * Search by words over what projects hold, kept in `studio.db`. It follows from the projects and may be lost at any
 * time: `position` is then null and the caller gives all items again.
 */
export interface SearchIndex {
  /** Up to where a project's history is indexed; null where nothing is. */
  position(project: string): string | null
  /** Takes items up in slices between which other work runs; what is known and unchanged costs little. Errors: `cancelled`. */
  index(project: string, items: Iterable<SearchItem>, options: IndexOptions): Promise<void>
  /** Hits with all of these words, the best first; a quoted part is taken as it stands, the last word may be a beginning. */
  query(project: string, words: string, options?: { limit?: number }): SearchHit[]
  /** Removes all that is known of a project. */
  forget(project: string): void
}
