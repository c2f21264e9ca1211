import type { Node } from 'prosemirror-model'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import type { CommentAnchor } from '../../../contract/index.js'
import { makeAnchor } from '../../../document/index.js'
import { createStore, useStore, type Store } from '../../state/store.js'
import { placeThreads, type NumberedThread } from './comment-places.js'
import { commentsOf, showCurrent, showMarks, showPending, type CommentMark } from './comments-plugin.js'

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

/** Where the commented words of a text stand in its editor, or null where it is not open. */
export function useCommentPlaces(item: string): readonly CommentMark[] | null {
  return useStore(places)[item] ?? null
}

/** The comments of one open text: which words they are about now, and the words of a comment that is being written. */
export class CommentDesk {
  /** Counts changes after which pins may stand elsewhere. */
  readonly moved: Store<number> = createStore(0)
  private threads: readonly NumberedThread[] | null = null
  private originals: ReadonlyMap<string, Node> = new Map()
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly options: CommentDeskOptions) {}

  /** Tells what was said about the text. Threads that are marked already keep the places that the editor followed. */
  setThreads(threads: readonly NumberedThread[], originals: ReadonlyMap<string, Node>): void {
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
    this.publish()
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), lookAgain)
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    places.set(({ [this.options.item]: _, ...others }) => others)
  }

  /** Looks for the words of threads that have no mark. */
  private look(): void {
    this.timer = null
    const state = this.options.state()
    if (!state || !this.threads) return
    const before = new Map(commentsOf(state).marks.map((mark) => [mark.id, mark]))
    const found = new Map(placeThreads(this.threads.filter(({ id }) => !before.has(id)), this.originals, state.doc).map((mark) => [mark.id, mark]))
    const marks = this.threads.flatMap(({ id, number, resolved }): CommentMark[] => {
      const mark = before.get(id) ?? found.get(id)
      return mark ? [{ ...mark, number, isResolved: resolved }] : []
    })
    this.dispatch((tr) => showMarks(tr, marks))
    this.publish()
  }

  private publish(): void {
    const state = this.options.state()
    if (!state) return
    const { marks } = commentsOf(state)
    places.set((before) => (before[this.options.item] === marks ? before : { ...before, [this.options.item]: marks }))
  }

  private dispatch(change: (tr: Transaction) => Transaction): void {
    const state = this.options.state()
    if (state) this.options.dispatch(change(state.tr.setMeta('addToHistory', false)))
  }
}
