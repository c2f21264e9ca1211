import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

/** The words of a comment thread as they stand in the text now. */
export interface CommentMark {
  readonly id: string
  /** What its pin shows. */
  readonly number: number
  readonly person: string
  readonly isResolved: boolean
  readonly from: number
  readonly to: number
}

export interface CommentsState {
  readonly marks: readonly CommentMark[]
  /** The thread that a person is at. */
  readonly current: string | null
  /** Words that a comment is being written about. */
  readonly pending: { readonly from: number; readonly to: number } | null
  readonly decorations: DecorationSet
}

type Meta = { marks: readonly CommentMark[] } | { current: string | null } | { pending: CommentsState['pending'] }

const key = new PluginKey<CommentsState>('comments')

/** Underlines the words that somebody commented on and keeps their places while the text changes. Words that are deleted lose their mark. */
export function commentsPlugin(): Plugin<CommentsState> {
  return new Plugin<CommentsState>({
    key,
    state: {
      init: () => ({ marks: [], current: null, pending: null, decorations: DecorationSet.empty }),
      apply(tr, state) {
        const meta = tr.getMeta(key) as Meta | undefined
        if (!meta && (!tr.docChanged || (state.marks.length === 0 && !state.pending))) return state
        const moved = tr.docChanged
          ? { ...state, marks: state.marks.flatMap((mark) => move(mark, tr)), pending: state.pending && (move(state.pending, tr)[0] ?? null) }
          : state
        return draw({ ...moved, ...meta }, tr)
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  })
}

export const commentsOf = (state: EditorState): CommentsState => key.getState(state)!
export const showMarks = (tr: Transaction, marks: readonly CommentMark[]): Transaction => tr.setMeta(key, { marks } satisfies Meta)
export const showCurrent = (tr: Transaction, current: string | null): Transaction => tr.setMeta(key, { current } satisfies Meta)
export const showPending = (tr: Transaction, pending: CommentsState['pending']): Transaction => tr.setMeta(key, { pending } satisfies Meta)

function move<R extends { from: number; to: number }>(range: R, tr: Transaction): R[] {
  // Words typed at either edge are not what the comment was about.
  const from = tr.mapping.map(range.from, 1)
  const to = tr.mapping.map(range.to, -1)
  return from < to ? [{ ...range, from, to }] : []
}

function draw(state: CommentsState, tr: Transaction): CommentsState {
  const shown = state.marks.filter((mark) => !mark.isResolved || mark.id === state.current)
  const decorations = shown.map((mark) => Decoration.inline(mark.from, mark.to, { class: mark.id === state.current ? 'commented is-current' : 'commented' }))
  if (state.pending) decorations.push(Decoration.inline(state.pending.from, state.pending.to, { class: 'commented is-current' }))
  return { ...state, decorations: DecorationSet.create(tr.doc, decorations) }
}
