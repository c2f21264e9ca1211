import type { FactId, SearchHit } from '../../contract/index.js'

/** Where words were found. */
export type SearchPlace = SearchHit['where']

/** Something that can be found: a text's newest words, a prompt, a comment, a tag. */
export interface SearchDocument {
  /** Unique in its project, and the same each time: its place, its item, and what tells it from others of that place. */
  readonly document: string
  /** `text` and `title` are found by the item's title too, the others by their body alone. */
  readonly place: SearchPlace
  readonly body: string
}

/** What can be found of one item, or a part of that: an item with thousands of comments is given bit by bit. */
export interface SearchItem {
  readonly item: FactId
  readonly kind: string
  readonly title: string
  readonly documents: readonly SearchDocument[]
  /** More of this item follows before any other one. */
  readonly more?: true
  /**
   * With the last part the item's other documents are removed: all of them, or those of these places alone, whose names
   * begin with the place and the item. None where it is empty.
   */
  readonly places?: readonly SearchPlace[]
  /** Names of documents that are gone; those that were not known are passed over. */
  readonly gone?: readonly string[]
  /** The documents that are kept get this title, too. */
  readonly retitled?: true
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
  /**
   * Takes items up in slices between which other work runs; what is known and unchanged costs little. Whoever gives them
   * answers null where reading takes longer than a moment. Errors: `cancelled`.
   */
  index(project: string, items: Iterable<SearchItem | null>, options: IndexOptions): Promise<void>
  /** Hits with all of these words, the best first; a quoted part is taken as it stands, the last word may be a beginning. */
  query(project: string, words: string, options?: { limit?: number }): SearchHit[]
  /** Removes all that is known of a project. */
  forget(project: string): void
}
