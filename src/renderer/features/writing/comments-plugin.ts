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
  /** The marks that are underlined, as `decorations` has them before the current one. */
  readonly drawn: DecorationSet
  /** The part of the text that marks are drawn in where there are many; null where all are, or none yet. */
  readonly part: Range | null
  /** The thread that a person is at, and where its words are. */
  readonly current: string | null
  readonly at: Range | null
  /** Words that a comment is being written about. */
  readonly pending: Range | null
  readonly decorations: DecorationSet
}

type Meta = { marks: readonly CommentMark[] } | { found: readonly CommentMark[] } | { told: ReadonlyMap<string, Info> } | { current: string | null } | { pending: Range | null } | { part: Range | null }

/** Of more marks than these only those near to what is seen are drawn: thousands of them make each key slow. */
export const mostDrawn = 300

const key = new PluginKey<CommentsState>('comments')
const empty: CommentsState = {
  places: DecorationSet.empty, infos: new Map(), drawn: DecorationSet.empty, part: null, current: null, at: null, pending: null, decorations: DecorationSet.empty,
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
/** Draws the marks of this part of the text alone. */
export const showPart = (tr: Transaction, part: Range | null): Transaction => tr.setMeta(key, { part } satisfies Meta)
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
  const { mapping, doc } = tr
  // Words that come in at the edges of the part belong to it.
  const part = state.part && { from: mapping.map(state.part.from, -1), to: mapping.map(state.part.to, 1) }
  return { ...state, places: state.places.map(mapping, doc), drawn: state.drawn.map(mapping, doc), part, at: move(state.at, tr), pending: move(state.pending, tr) }
}

function change(state: CommentsState, meta: Meta, tr: Transaction): CommentsState {
  if ('pending' in meta) return { ...state, pending: meta.pending }
  if ('current' in meta) return { ...state, current: meta.current, at: findPlace(state.places, meta.current) }
  const changed = 'part' in meta ? { ...state, part: meta.part } : 'told' in meta ? retell(state, meta.told) : place(state, meta, tr)
  return { ...changed, drawn: drawnOf(changed, tr), at: findPlace(changed.places, changed.current) }
}

function place(state: CommentsState, meta: { marks: readonly CommentMark[] } | { found: readonly CommentMark[] }, tr: Transaction): CommentsState {
  const [marks, isSet] = 'marks' in meta ? [meta.marks, true] : [meta.found, false]
  const infos = new Map([...(isSet ? [] : state.infos), ...marks.map((mark): [string, Info] => [mark.id, infoOf(mark)])])
  return { ...state, infos, places: isSet ? DecorationSet.create(tr.doc, marks.map(placeOf)) : state.places.add(tr.doc, marks.map(placeOf)) }
}

/** Of thousands of marks only those that are gone are touched: making all of them anew takes longer than a frame. */
function retell(state: CommentsState, told: ReadonlyMap<string, Info>): CommentsState {
  const gone = state.places.find(undefined, undefined, (spec) => !told.has((spec as { id: string }).id))
  return { ...state, infos: new Map(told), places: gone.length > 0 ? state.places.remove(gone) : state.places }
}

function drawnOf({ places, infos, part }: CommentsState, tr: Transaction): DecorationSet {
  const isMany = infos.size > mostDrawn
  if (isMany && !part) return DecorationSet.empty
  const open = places.find(isMany ? part!.from : undefined, isMany ? part!.to : undefined, (spec) => infos.get((spec as { id: string }).id)?.isResolved === false)
  return DecorationSet.create(tr.doc, open.map((mark) => drawing({ id: idOf(mark), from: mark.from, to: mark.to })))
}

function draw(state: CommentsState, tr: Transaction): CommentsState {
  const focused = [state.at, state.pending].flatMap((range) => (range ? [Decoration.inline(range.from, range.to, { class: 'commented is-current' })] : []))
  return { ...state, decorations: focused.length === 0 ? state.drawn : state.drawn.add(tr.doc, focused) }
}
