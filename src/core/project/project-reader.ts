import type { FactId, FactKind, RegisterName, Sha256 } from '../../contract/index.js'
import { readBlob } from './blobs.js'
import type { Connection } from './connection.js'
import { readDraft, readDraftItems } from './drafts.js'
import { commonAncestors } from './merge/ancestors.js'
import { readCommentPlaces, type CommentPlace } from './reading/comments.js'
import { isMemberKey, readFactOfKind, readFactsAll, readFactsOf, readKind, readOutcomes, readPrompts, readProposalTallies, readRegister } from './reading/facts.js'
import { readFolders, readItem, readItems, readItemsAfter, readLastOrder } from './reading/items.js'
import { countVersions, readMadeFrom, sortOf } from './reading/lineage.js'
import { readCommitsByPerson, readLog, readPersonName, readProject } from './reading/log.js'
import { countGallery, GalleryOrder, readPicks } from './reading/gallery.js'
import { OutlineReader } from './reading/outline.js'
import { readBlobOf, readBlocks, readOrdinal, readOutputsOfJob, readVersion, readVersions, readVersionsById } from './reading/versions.js'
import { sameKey } from './signatures.js'
import type { GalleryFilter, Page, ProjectReader, Span } from './types.js'
import { readUndoLabels } from './undo.js'

/** Reads a project through its one connection. */
export class ProjectReading implements ProjectReader {
  #counted: { readonly changes: number; readonly counts: Readonly<Record<GalleryFilter, number>> } | null = null

  readonly #order: GalleryOrder
  readonly #outline: OutlineReader

  constructor(readonly connection: Connection, readonly path: string, readonly readOnly: boolean, readonly notices: readonly string[]) {
    this.#order = new GalleryOrder(connection)
    this.#outline = new OutlineReader(connection)
  }

  /** Whose undo is offered; null where nobody writes here. */
  protected undoPerson(): string | null {
    return null
  }

  project() { return readProject(this.connection) }
  items() { return readItems(this.connection) }
  lastOrder(folder: FactId | null) { return readLastOrder(this.connection, folder) }
  item(id: FactId) { return readItem(this.connection, id) }
  itemsAfter(after: string, limit: number) { return readItemsAfter(this.connection, after, limit) }
  folders() { return readFolders(this.connection) }
  versions(item: FactId, page: Page) { return readVersions(this.connection, item, page) }
  version(id: FactId) { return readVersion(this.connection, id) }
  ordinalOf(version: FactId) { return readOrdinal(this.connection, version) }
  async gallery(filter: GalleryFilter, span: Span) { return readVersionsById(this.connection, await this.#order.read(filter, span, this.galleryCounts()[filter])) }
  async newestVersions(span: Span) { return readVersionsById(this.connection, await this.#order.read('versions', span, this.versionCount())) }
  outline() { return this.#outline.read() }
  versionCount() { return countVersions(this.connection) }
  madeFrom(version: FactId) { return readMadeFrom(this.connection, version) }
  placeInOrder(version: FactId) { return sortOf(this.connection, version) }
  blocks(version: FactId) { return readBlocks(this.connection, version) }
  commonAncestors(a: FactId, b: FactId) { return commonAncestors(this.connection, a, b) }
  fact<K extends FactKind>(kind: K, id: FactId) { return readFactOfKind(this.connection, kind, id) }
  kindOf(id: FactId) { return readKind(this.connection, id) }
  factsOf<K extends FactKind>(kind: K, item: FactId) { return readFactsOf(this.connection, kind, item) }
  prompts(item: FactId) { return readPrompts(this.connection, item) }
  factsAll<K extends FactKind>(kind: K, page?: Page) { return readFactsAll(this.connection, kind, page) }
  commentPlaces(item: FactId, page: { after: CommentPlace | null; limit: number }) { return readCommentPlaces(this.connection, item, page) }
  outcomes(proposal: FactId) { return readOutcomes(this.connection, proposal) }
  register(target: FactId, name: RegisterName) { return readRegister(this.connection, target, name) }
  picks() { return readPicks(this.connection) }
  blobOf(version: FactId) { return readBlobOf(this.connection, version) }
  personName(person: string) { return readPersonName(this.connection, person) }
  isMember(key: string) { return isMemberKey(this.connection, key, sameKey) }
  proposalTallies() { return readProposalTallies(this.connection) }
  commitsByPerson() { return readCommitsByPerson(this.connection) }
  draft(item: FactId) { return readDraft(this.connection, item) }
  draftItems() { return readDraftItems(this.connection) }
  outputsOfJob(job: string) { return readOutputsOfJob(this.connection, job) }
  log(page: Page) { return readLog(this.connection, page) }
  blob(hash: Sha256) { return readBlob(this.connection, hash) }
  undoLabels() { return readUndoLabels(this.connection, this.undoPerson()) }

  /** Counting looks at every item, so it is done again only after something was written. */
  galleryCounts(): Readonly<Record<GalleryFilter, number>> {
    const changes = this.writes()
    if (this.#counted?.changes !== changes) this.#counted = { changes, counts: countGallery(this.connection) }
    return this.#counted.counts
  }

  writes(): number {
    return this.connection.get<{ changes: number }>('SELECT total_changes() AS changes')!.changes
  }

  thumbnail(hash: Sha256): Uint8Array | null {
    return this.connection.get<{ bytes: Uint8Array }>('SELECT bytes FROM thumbnails WHERE hash = ?', hash)?.bytes ?? null
  }
}
