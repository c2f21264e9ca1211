import type { Command, EditorState, Transaction } from 'prosemirror-state'
import type { CommentAnchor, CommentThread } from '../../../contract/index.js'
import { makeAnchor } from '../../../document/index.js'
import { createStore, useStore, type Store } from '../../state/store.js'
import { PlaceSearch, type Originals } from './comment-places.js'
import { addMarks, commentsOf, marksOf, showCurrent, showPending, tellThreads, type CommentMark, type Info } from './comments-plugin.js'

/** Words that came back, by undo or by another window, are looked for this long after the last change, in milliseconds. */
const lookAgain = 500

export interface CommentDeskOptions {
  readonly item: string
  /** State of the editor, null until the text is open. */
  readonly state: () => EditorState | null
  readonly dispatch: (tr: Transaction) => void
  /** Opens the field for a comment on these words. */
  readonly compose: (quote: string) => void
}

const places = createStore<Readonly<Record<string, readonly CommentMark[]>>>({})

/** Where the commented words of a text stand in its editor, or null where it is not open. Half a second behind what is typed. */
export function useCommentPlaces(item: string): readonly CommentMark[] | null {
  return useStore(places)[item] ?? null
}

/** The comments of one open text: which words they are about now, and the words of a comment that is being written. */
export class CommentDesk {
  /** Counts changes after which pins may stand elsewhere. */
  readonly moved: Store<number> = createStore(0)
  /** Versions that have to be read to find words that changed: most words are found without. */
  readonly wanted: Store<readonly string[]> = createStore<readonly string[]>([])
  private threads: readonly CommentThread[] | null = null
  private originals: Originals = new Map()
  private timer: ReturnType<typeof setTimeout> | null = null
  private search: PlaceSearch | null = null

  constructor(private readonly options: CommentDeskOptions) {}

  /** Tells what was said about the text. Threads that are marked already keep the places that the editor followed. */
  setThreads(threads: readonly CommentThread[], originals: Originals): void {
    this.threads = threads
    this.originals = originals
    this.look()
  }

  setCurrent(thread: string | null): void {
    this.dispatch((tr) => showCurrent(tr, thread))
  }

  /** Begins a comment on the selected words. */
  readonly begin: Command = (state, dispatch) => {
    const { from, to, empty } = state.selection
    if (empty) return false
    if (dispatch) {
      dispatch(showPending(state.tr, { from, to }))
      this.options.compose(state.doc.textBetween(from, to, '\n', '\n'))
    }
    return true
  }

  /** The comment that was begun is given up or written. */
  readonly end = (): void => {
    this.dispatch((tr) => showPending(tr, null))
  }

  /** The anchor of the comment that was begun, in positions of the editor's document; null where its words are gone. */
  anchor(): CommentAnchor | null {
    const state = this.options.state()
    const pending = state && commentsOf(state).pending
    return state && pending ? makeAnchor(state.doc, pending.from, pending.to) : null
  }

  noteUpdate(tr: Transaction | null): void {
    this.moved.set((count) => count + 1)
    if (!tr?.docChanged || !this.threads) return
    this.search = null
    this.wait(lookAgain, () => this.look())
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    places.set(({ [this.options.item]: _, ...others }) => others)
  }

  /** Takes over what changed in threads that have a mark, and looks for the words of those that have none. */
  private look(): void {
    const state = this.options.state()
    if (!state || !this.threads) return
    const before = new Map(marksOf(state).map((mark): [string, Info] => [mark.id, mark]))
    const told = new Map(this.threads.flatMap(({ id, number, resolved, person }): [string, Info][] => (
      before.has(id) ? [[id, { number, person: person.name, isResolved: resolved }]] : []
    )))
    const isAsBefore = told.size === before.size && [...told].every(([id, info]) => sameInfo(info, before.get(id)!))
    if (!isAsBefore) this.dispatch((tr) => tellThreads(tr, told))
    const missing = this.threads.filter(({ id, anchor }) => anchor.type === 'words' && !before.has(id))
    this.search = new PlaceSearch(missing, this.originals, state.doc)
    this.lookOn()
  }

  private lookOn(): void {
    const { search } = this
    if (!search) return
    const found = search.look()
    if (found.length > 0) this.dispatch((tr) => addMarks(tr, found))
    // Typing comes first: what is left is looked for when the window has nothing else to do.
    if (!search.isOver) return this.wait(0, () => this.lookOn())
    this.search = null
    this.publish()
    // What was read once stays at hand: words that are gone are looked for again after each change.
    this.wanted.set((before) => withMore(before, search.wanted))
  }

  private wait(milliseconds: number, work: () => void): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = null
      work()
    }, milliseconds)
  }

  private publish(): void {
    const state = this.options.state()
    if (!state) return
    const marks = marksOf(state)
    places.set((before) => (before[this.options.item] === marks ? before : { ...before, [this.options.item]: marks }))
  }

  private dispatch(change: (tr: Transaction) => Transaction): void {
    const state = this.options.state()
    if (state) this.options.dispatch(change(state.tr.setMeta('addToHistory', false)))
  }
}

/** The list with those that it lacks; the same list where it lacks none. */
export function withMore(list: readonly string[], more: ReadonlySet<string>): readonly string[] {
  const known = new Set(list)
  const fresh = [...more].filter((one) => !known.has(one))
  return fresh.length === 0 ? list : [...list, ...fresh]
}

const sameInfo = (one: Info, other: Info): boolean =>
  one.number === other.number && one.person === other.person && one.isResolved === other.isResolved
