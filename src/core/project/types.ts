import type {
  Commit, Fact, FactId, FactKind, FactOf, ItemKind, OriginRun, RegisterName, RegisterWrite, Sha256, VersionContent,
} from '../../contract/index.js'
import type { CommentPlace } from './reading/comments.js'

/** Signs with the key of this installation. The private key stays where the shell keeps it. */
export interface Signer {
  /** Ed25519 public key, base64url. */
  readonly publicKey: string
  /** Signature (base64url) over the bytes. */
  sign(bytes: Uint8Array): Promise<string>
}

/** Who writes, and with which key. */
export interface Author {
  readonly person: string
  readonly name: string
  readonly signer: Signer
}

/** Where a project remembers what is this computer's: replica memory [REPLICA1] and clean closes [OPEN1]. Backed by `studio.db`. */
export interface ReplicaMemory {
  read(identity: string): { replica: string; number: number; hash: Sha256; cleanHash: Sha256 | null; size: number } | null
  write(identity: string, value: { replica: string; number: number; hash: Sha256; cleanHash: Sha256 | null; size: number }): void
}

export type { CommentPlace }

/** A change to the project, written as one commit in one transaction [COMMIT1]. */
export interface Change {
  /** What undo would call this: a message id, such as `undo.rename`. */
  readonly label: string
  readonly author: Author
  readonly facts?: readonly Fact[]
  readonly registers?: readonly RegisterWrite[]
  /** Canonical JSON of text blocks that the facts name by hash. */
  readonly blocks?: readonly string[]
  /** Drafts written in the same transaction; drafts are in no commit. */
  readonly drafts?: readonly DraftWrite[]
  /** Sign the chain head with this commit [SIGN1]: decisions, exports, shares. */
  readonly sign?: boolean
  /** False: undo skips it (for example "used as a source" versions). */
  readonly undoable?: boolean
}

/** The draft of a text as it lies in the file [DRAFT1]: a folded document and the steps since. All JSON text. */
export interface DraftRow {
  readonly item: FactId
  readonly base: FactId | null
  /** Number of the step after the folded document. */
  readonly foldedAt: number
  readonly doc: string
  readonly origin: readonly OriginRun[]
  /** JSON text of `DraftStep`, the first has number `foldedAt`. */
  readonly steps: readonly string[]
  /** Ranges of the open pieces at `foldedAt`, as the writing feature keeps them. */
  readonly pieces: string
  readonly keptAt: number
}

/** How to stop an undo or redo before it is done, and who hears how far it is (0–1). */
export interface UndoRun { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void }

export type DraftWrite =
  | { readonly type: 'append'; readonly item: FactId; readonly number: number; readonly steps: readonly string[]; readonly keptAt: number }
  | { readonly type: 'fold'; readonly draft: DraftRow }
  | { readonly type: 'clear'; readonly item: FactId }

export interface ItemRow {
  readonly id: FactId
  readonly kind: ItemKind
  readonly title: string
  readonly folder: FactId | null
  readonly order: string
  readonly tags: readonly string[]
  readonly brief: string
  readonly deleted: boolean
  /** Deleted by somebody, but worked on elsewhere without knowing: the edit won [REG1]. */
  readonly revived?: boolean
  readonly heads: readonly FactId[]
  readonly versions: number
  readonly createdAt: number
  readonly changedAt: number
}

export interface FolderRow { readonly id: FactId; readonly title: string; readonly parent: FactId | null; readonly order: string; readonly deleted: boolean }

export interface VersionRow {
  readonly id: FactId
  readonly item: FactId
  readonly ordinal: number
  readonly fact: FactOf<'version'>
  readonly content: VersionContent
  readonly isHead: boolean
  readonly hidden: boolean
  readonly removed: boolean
  /** For texts: number of words and the first 200 characters, kept by the projection. */
  readonly words: number
  readonly beginning: string
}

/** Versions on the desk, newest first, in short: where long runs of untouched ones stand, and where each month begins. */
export interface Outline {
  readonly total: number
  readonly runs: readonly OutlineRun[]
  readonly months: readonly OutlineMonth[]
}

/** `start`: place of the newest in the order, from 0. `from` and `to`: wall time of the oldest and newest, in milliseconds. */
export interface OutlineRun { readonly start: number; readonly count: number; readonly from: number; readonly to: number }

/** `month`: such as `2026-09`, by this computer's calendar. */
export interface OutlineMonth { readonly month: string; readonly start: number }

/** `offset` versions are left out before the first. */
export interface Span { readonly offset: number; readonly limit: number }

export type GalleryFilter = 'all' | 'pictures' | 'texts' | 'kept' | 'set-aside'

/** `offset` entries are left out before the first. */
export interface Page { readonly before?: number; readonly offset?: number; readonly limit: number }

/** `position` counts from 1 at the oldest commit. */
export interface LogEntry { readonly position: number; readonly hash: Sha256; readonly commit: Commit;
  readonly person: string; readonly signed: boolean; readonly label: string | null; readonly kinds: readonly FactKind[] }

/** Reading a project. All calls but those that walk far are synchronous; they are paged where a project may hold many, and never touch a primary table. */
export interface ProjectReader {
  readonly path: string
  readonly readOnly: boolean
  readonly notices: readonly string[]
  project(): { readonly id: FactId; readonly title: string; readonly founderKey: string;
    readonly founder: string; readonly savedAt: number; readonly items: number; readonly versions: number }
  items(): readonly ItemRow[]
  /** The last place that is taken in a folder, for what is to stand behind it. */
  lastOrder(folder: FactId | null): string | null
  item(id: FactId): ItemRow | null
  /** Names of items that are not hidden, behind this one in the order of names, at most `limit`. */
  itemsAfter(after: string, limit: number): readonly FactId[]
  folders(): readonly FolderRow[]
  versions(item: FactId, page: Page): readonly VersionRow[]
  version(id: FactId): VersionRow | null
  /** A version's number in its item, without reading it; 0 where the file does not hold it. */
  ordinalOf(version: FactId): number
  /** Picture versions and the newest heads of texts on the desk, newest first. Gives the event loop turns on a long way. */
  gallery(filter: GalleryFilter, span: Span): Promise<readonly VersionRow[]>
  galleryCounts(): Readonly<Record<GalleryFilter, number>>
  /** Versions of all items on the desk, newest first, and how many there are. Gives the event loop turns on a long way. */
  newestVersions(span: Span): Promise<readonly VersionRow[]>
  versionCount(): number
  /** The same order in short: runs of untouched pictures and the beginnings of months. Gives the event loop turns. */
  outline(): Promise<Outline>
  /** Versions that were made from this one or read it, oldest first. */
  madeFrom(version: FactId): readonly FactId[]
  /** A version's place in the order of the project, to be compared as a string. */
  placeInOrder(version: FactId): string
  /** Canonical JSON of a text version's blocks, in order. Errors: `not-found`, `project-damaged`. */
  blocks(version: FactId): readonly string[]
  /** The nearest common ancestors of two versions, oldest first; several where two lines crossed [MERGE1]. */
  commonAncestors(a: FactId, b: FactId): readonly FactId[]
  /** A fact by id, with whether a register hides it [UNDO1]; null where the file does not hold it. */
  fact<K extends FactKind>(kind: K, id: FactId): { readonly id: FactId; readonly fact: FactOf<K>; readonly hidden: boolean } | null
  /** The kind of a fact, hidden or not, without reading it. */
  kindOf(id: FactId): FactKind | null
  /** Facts of a kind that name this item, oldest first, hidden ones left out. */
  factsOf<K extends FactKind>(kind: K, item: FactId): readonly { readonly id: FactId; readonly fact: FactOf<K> }[]
  /** Prompts of the recipes of this item's proposals and versions, hidden ones left out, some of them often; null wherever many were looked through. */
  prompts(item: FactId): Iterable<string | null>
  /** All facts of a kind, oldest first, hidden ones left out (people, memberships, exports). */
  factsAll<K extends FactKind>(kind: K, page?: Page): readonly { readonly id: FactId; readonly fact: FactOf<K> }[]
  /** Comments on an item without their words, oldest first: at most `limit` behind `after`, hidden ones left out. */
  commentPlaces(item: FactId, page: { readonly after: CommentPlace | null; readonly limit: number }): readonly CommentPlace[]
  outcomes(proposal: FactId): readonly { readonly id: FactId; readonly fact: FactOf<'outcome'> }[]
  register(target: FactId, name: RegisterName): unknown
  /** What was said of pictures: kept or set aside, as their registers hold it. */
  picks(): ReadonlyMap<FactId, unknown>
  /** Hash of the file that a version is; null for a text. */
  blobOf(version: FactId): Sha256 | null
  personName(person: string): string
  /** Whether this key is the founder's or one that the founder admitted [MEMBER1]. */
  isMember(key: string): boolean
  /** Every proposal with how many outcomes it has, hidden ones left out. */
  proposalTallies(): readonly { readonly id: FactId; readonly outcomes: number }[]
  /** How many commits each person wrote. */
  commitsByPerson(): ReadonlyMap<string, number>
  draft(item: FactId): DraftRow | null
  draftItems(): readonly FactId[]
  /** Versions whose recipe names this job, by output number: what a restarted job need not make again. */
  outputsOfJob(job: string): ReadonlyMap<number, FactId>
  log(page: Page): readonly LogEntry[]
  /** Size and media type of a blob, and its bytes in chunks of at most 1 MB. Errors: `not-found`. */
  blob(hash: Sha256): { readonly size: number; chunks(): Iterable<Uint8Array> }
  thumbnail(hash: Sha256): Uint8Array | null
  /** Grows with everything that is written: what was read at the same number is still so. */
  writes(): number
  undoLabels(): { readonly undo: string | null; readonly redo: string | null }
}

/** Writing a project. Writes are taken one after the other; each promise settles when the bytes are on disk. */
export interface ProjectWriter extends ProjectReader {
  commit(change: Change): Promise<{ readonly hash: Sha256; readonly facts: readonly FactId[] }>
  /** Writes drafts alone, without a commit. */
  writeDrafts(drafts: readonly DraftWrite[]): Promise<void>
  /** Writes a blob in chunks; it counts once a commit names it. */
  writeBlob(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<{ readonly hash: Sha256; readonly size: number }>
  writeThumbnail(hash: Sha256, webp: Uint8Array): void
  undo(author: Author, run?: UndoRun): Promise<{ readonly label: string; readonly items: readonly FactId[] }>
  redo(author: Author, run?: UndoRun): Promise<{ readonly label: string; readonly items: readonly FactId[] }>
  close(): Promise<void>
}
