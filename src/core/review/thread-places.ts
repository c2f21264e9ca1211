import type { FactId } from '../../contract/index.js'
import { AnchorFinder, type DocumentNode } from '../../document/index.js'
import type { ProjectReader } from '../project/index.js'
import { readVersion } from '../writing/index.js'
import type { Comment } from './item-threads.js'

type Range = { from: number; to: number }

/** Versions that are kept in memory to compare with: comments that follow each other are mostly on one. */
const KEPT_ORIGINALS = 4

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Where the words of comments stand in one text: through the difference from the version that they were written on, then
 * by their quotation. A version is read only for words that changed or stand more than once.
 */
export class ThreadPlaces {
  private readonly finder: AnchorFinder
  private readonly found = new Map<FactId, Range | null>()
  /** The words of the text were put in order once, which the first look does. */
  private isReady = false
  private readonly originals = new Map<FactId, DocumentNode | null>()

  constructor(private readonly project: ProjectReader, readonly current: DocumentNode) {
    this.finder = new AnchorFinder(current)
  }

  /** Null where the words are gone, and for comments that are not on words. What takes long by itself has a turn of its own. */
  async of({ id, fact }: Comment): Promise<Range | null> {
    if (fact.anchor.type !== 'words') return null
    if (!this.found.has(id)) {
      if (!this.isReady) await turn()
      const unchanged = this.finder.findUnchanged(fact.anchor)
      if (!this.isReady) await turn()
      this.isReady = true
      if (!unchanged && !this.originals.has(fact.version)) {
        await turn()
        this.original(fact.version)
        await turn()
      }
      this.found.set(id, unchanged ?? this.finder.find(fact.anchor, { original: this.original(fact.version) ?? undefined }))
    }
    return this.found.get(id)!
  }

  private original(version: FactId): DocumentNode | null {
    let doc = this.originals.get(version)
    if (doc === undefined) {
      const row = this.project.version(version)
      doc = row && !row.removed && row.content.type === 'text' ? readVersion(this.project, version) : null
    }
    // The one that was used last stands last.
    this.originals.delete(version)
    this.originals.set(version, doc)
    if (this.originals.size > KEPT_ORIGINALS) this.originals.delete(this.originals.keys().next().value!)
    return doc
  }
}
