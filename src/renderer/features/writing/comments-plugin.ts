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

type Range = { readonly from: number; readonly to: number }
export type Info = Pick<CommentMark, 'number' | 'person' | 'isResolved'>

export interface CommentsState {
  /** Each mark, done or not: the editor moves thousands of them along with the text without looking at each. */
  readonly places: DecorationSet
  readonly infos: ReadonlyMap<string, Info>
  /** The marks that are drawn always, as `decorations` has them before the current one. */
  readonly drawn: DecorationSet
  /** The thread that a person is at, and where its words are. */
  readonly current: string | null
  readonly at: Range | null
  /** Words that a comment is being written about. */
  readonly pending: Range | null
  readonly decorations: DecorationSet
}

type Meta = { marks: readonly CommentMark[] } | { found: readonly CommentMark[] } | { told: ReadonlyMap<string, Info> } | { current: string | null } | { pending: Range | null }

const key = new PluginKey<CommentsState>('comments')
const empty: CommentsState = {
  places: DecorationSet.empty, infos: new Map(), drawn: DecorationSet.empty, current: null, at: null, pending: null, decorations: DecorationSet.empty,
}

/** Underlines the words that somebody commented on and keeps their places while the text changes. Words that are deleted lose their mark. */
export function commentsPlugin(): Plugin<CommentsState> {
  return new Plugin<CommentsState>({
    key,
    state: {
      init: () => empty,
      apply(tr, state) {
        const meta = tr.getMeta(key) as Meta | undefined
        if (!meta && (!tr.docChanged || (state.infos.size === 0 && !state.pending))) return state
        const moved = tr.docChanged ? follow(state, tr) : state
        return draw(meta ? change(moved, meta, tr) : moved, tr)
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  })
}

const allMarks = new WeakMap<CommentsState, readonly CommentMark[]>()

export const commentsOf = (state: EditorState): CommentsState => key.getState(state)!

/** All marks in the order of the text, worked out when somebody asks. */
export function marksOf(state: EditorState): readonly CommentMark[] {
  const comments = commentsOf(state)
  let marks = allMarks.get(comments)
  if (!marks) allMarks.set(comments, (marks = marksBetween(state, 0, state.doc.content.size)))
  return marks
}

/** Marks that touch a part of the text, in its order. */
export function marksBetween(state: EditorState, from: number, to: number): readonly CommentMark[] {
  const { places, infos } = commentsOf(state)
  return places
    .find(from, to)
    .map((place): CommentMark => ({ id: idOf(place), ...infos.get(idOf(place))!, from: place.from, to: place.to }))
    .sort((a, b) => a.from - b.from || a.number - b.number)
}

/** Where the words of a thread are; null where they have no mark. */
export function markOf(state: EditorState, thread: string): Range | null {
  return findPlace(commentsOf(state).places, thread)
}

/** Sets all marks. */
export const showMarks = (tr: Transaction, marks: readonly CommentMark[]): Transaction => tr.setMeta(key, { marks } satisfies Meta)
/** Tells what threads are called and whether they are done; those that are not named lose their mark. */
export const tellThreads = (tr: Transaction, told: ReadonlyMap<string, Info>): Transaction => tr.setMeta(key, { told } satisfies Meta)
/** Puts marks of threads that had none beside the others. */
export const addMarks = (tr: Transaction, found: readonly CommentMark[]): Transaction => tr.setMeta(key, { found } satisfies Meta)
export const showCurrent = (tr: Transaction, current: string | null): Transaction => tr.setMeta(key, { current } satisfies Meta)
export const showPending = (tr: Transaction, pending: Range | null): Transaction => tr.setMeta(key, { pending } satisfies Meta)

const idOf = (place: Decoration): string => (place.spec as { id: string }).id
const infoOf = ({ number, person, isResolved }: CommentMark): Info => ({ number, person, isResolved })
const placeOf = ({ id, from, to }: CommentMark): Decoration => Decoration.inline(from, to, {}, { id })
const drawing = ({ id, from, to }: Pick<CommentMark, 'id' | 'from' | 'to'>): Decoration => Decoration.inline(from, to, { class: 'commented' }, { id })

function findPlace(places: DecorationSet, thread: string | null): Range | null {
  const [found] = thread === null ? [] : places.find(undefined, undefined, (spec) => (spec as { id: string }).id === thread)
  return found ? { from: found.from, to: found.to } : null
}

function move(range: Range | null, tr: Transaction): Range | null {
  if (!range) return null
  // Words typed at either edge are not what the comment was about.
  const from = tr.mapping.map(range.from, 1)
  const to = tr.mapping.map(range.to, -1)
  return from < to ? { from, to } : null
}

function follow(state: CommentsState, tr: Transaction): CommentsState {
  return {
    ...state, places: state.places.map(tr.mapping, tr.doc), drawn: state.drawn.map(tr.mapping, tr.doc), at: move(state.at, tr), pending: move(state.pending, tr),
  }
}

function change(state: CommentsState, meta: Meta, tr: Transaction): CommentsState {
  if ('pending' in meta) return { ...state, pending: meta.pending }
  if ('current' in meta) return { ...state, current: meta.current, at: findPlace(state.places, meta.current) }
  if ('told' in meta) return retell(state, meta.told, tr)
  const marks = 'marks' in meta ? meta.marks : meta.found
  const infos = new Map([...('marks' in meta ? [] : state.infos), ...marks.map((mark): [string, Info] => [mark.id, infoOf(mark)])])
  const isSet = 'marks' in meta
  const places = isSet ? DecorationSet.create(tr.doc, marks.map(placeOf)) : state.places.add(tr.doc, marks.map(placeOf))
  const open = marks.filter(({ isResolved }) => !isResolved).map(drawing)
  const drawn = isSet ? DecorationSet.create(tr.doc, open) : state.drawn.add(tr.doc, open)
  return { ...state, infos, places, drawn, at: findPlace(places, state.current) }
}

/** Of thousands of marks only those that changed are touched: making all of them anew takes longer than a frame. */
function retell(state: CommentsState, told: ReadonlyMap<string, Info>, tr: Transaction): CommentsState {
  const isDrawn = (id: string): boolean => state.infos.get(id)?.isResolved === false
  const stays = (id: string): boolean => told.get(id)?.isResolved === false
  const gone = state.places.find(undefined, undefined, (spec) => !told.has((spec as { id: string }).id))
  const undrawn = state.drawn.find(undefined, undefined, (spec) => !stays((spec as { id: string }).id))
  const drawnAgain = state.places.find(undefined, undefined, (spec) => !isDrawn((spec as { id: string }).id) && stays((spec as { id: string }).id))
  const places = gone.length > 0 ? state.places.remove(gone) : state.places
  let drawn = undrawn.length > 0 ? state.drawn.remove(undrawn) : state.drawn
  if (drawnAgain.length > 0) drawn = drawn.add(tr.doc, drawnAgain.map((place) => drawing({ id: idOf(place), from: place.from, to: place.to })))
  return { ...state, infos: new Map(told), places, drawn, at: findPlace(places, state.current) }
}

function draw(state: CommentsState, tr: Transaction): CommentsState {
  const focused = [state.at, state.pending].flatMap((range) => (range ? [Decoration.inline(range.from, range.to, { class: 'commented is-current' })] : []))
  return { ...state, decorations: focused.length === 0 ? state.drawn : state.drawn.add(tr.doc, focused) }
}
