import type { Node } from 'prosemirror-model'
import type { CommentThread } from '../../../contract/index.js'
import { AnchorFinder } from '../../../document/index.js'
import type { CommentMark } from './comments-plugin.js'

/** Documents of versions that comments were written on: null where a version cannot be read, absent where nobody asked yet. */
export type Originals = ReadonlyMap<string, Node | null>

/** Longest that one look for words takes before others have their turn, in milliseconds. */
const atOnce = 8
/** Marks that are put into the text at once: that takes about as long again. */
const mostAtOnce = 250

/** Looks for the words of threads in one text, a few milliseconds at a time. */
export class PlaceSearch {
  private readonly finder: AnchorFinder
  private next = 0
  /** Versions that have to be read before the threads that are left can be placed. */
  readonly wanted = new Set<string>()

  constructor(private readonly threads: readonly CommentThread[], private readonly originals: Originals, readonly current: Node) {
    this.finder = new AnchorFinder(current)
  }

  get isOver(): boolean {
    return this.next >= this.threads.length
  }

  /** Marks that were found by now and not told before. `milliseconds`: how long to look. */
  look(milliseconds = atOnce, most = mostAtOnce): readonly CommentMark[] {
    const end = performance.now() + milliseconds
    const marks: CommentMark[] = []
    while (!this.isOver && marks.length < most && performance.now() < end) {
      const mark = this.place(this.threads[this.next++]!)
      if (mark) marks.push(mark)
    }
    return marks
  }

  private place({ id, number, person, resolved, anchor, version }: CommentThread): CommentMark | null {
    if (anchor.type !== 'words') return null
    const unchanged = this.finder.findUnchanged(anchor)
    const original = this.originals.get(version)
    if (!unchanged && original === undefined) {
      this.wanted.add(version)
      return null
    }
    const range = unchanged ?? this.finder.find(anchor, original ? { original } : {})
    return range && range.from < range.to ? { id, number, person: person.name, isResolved: resolved, ...range } : null
  }
}

/**
 * Where the words of threads stand in `current`; threads whose words are gone, and those on whole texts, are left out.
 * Looks through all of them at once, and takes a version that is not among `originals` for one that cannot be read.
 */
export function placeThreads(threads: readonly CommentThread[], originals: Originals, current: Node): readonly CommentMark[] {
  const known = new Map(threads.map(({ version }): [string, Node | null] => [version, originals.get(version) ?? null]))
  return new PlaceSearch(threads, known, current).look(Infinity, Infinity)
}
