import type { Command, Transaction } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { CommentDesk } from './comment-desk.js'
import { markOf } from './comments-plugin.js'
import { DraftSession, type DraftStatus } from './draft-session.js'
import { editorPlugins } from './editor-plugins.js'
import { formatsAt, noFormats, sameFormats, type Formats } from './formats.js'
import { LiveJobs } from './live-jobs.js'
import { tellPieces } from './pieces-plugin.js'
import { ProposalDesk } from './proposal-desk.js'
import type { DocumentTools, OpenText } from './open-text.js'
import { noteSelection } from './selection.js'
import type { WritingServices } from './services.js'
import { startComment } from '../../state/review.js'
import { createStore, type Store } from '../../state/store.js'
import { UndoLine } from './undo.js'
import { WordCounter, type Counts } from './word-counter.js'

/** Everything about one open text that is not a component: its line to core, its editor, its proposals, its undo. */
export class TextDesk implements OpenText {
  readonly session: DraftSession
  readonly proposals: ProposalDesk
  readonly live: LiveJobs
  readonly comments: CommentDesk
  readonly undoLine: UndoLine
  readonly status: Store<DraftStatus>
  readonly formats: Store<Formats> = createStore(noFormats)
  readonly counts: Store<Counts | null>
  /** Whether the field for a link's address is open. */
  readonly linkField: Store<boolean> = createStore(false)
  /** Whether the text has no words at all. */
  readonly isEmpty: Store<boolean> = createStore(false)
  readonly isMounted: Store<boolean> = createStore(false)
  view: EditorView | null = null

  private readonly counter: WordCounter
  private frame = 0
  private readonly endings: (() => void)[] = []
  private refreshTimer: ReturnType<typeof setTimeout> | null = null

  constructor(readonly services: WritingServices, readonly place: { project: string; readonly item: string }, readonly tools: DocumentTools, session: string) {
    const at = (): { project: string; item: string } => ({ project: this.place.project, item: this.place.item })
    this.comments = new CommentDesk({ item: place.item, state: () => this.session.state, dispatch: (tr) => { this.session.dispatch(tr) }, compose: (quote) => startComment({ item: place.item, on: { type: 'words', quote } }) })
    this.session = new DraftSession({
      client: {
        open: (input) => services.open({ ...at(), ...input }),
        append: (input) => services.append({ ...at(), ...input }),
        decide: (input) => services.decide({ ...at(), ...input }),
        close: (input) => services.close({ ...at(), ...input }),
      },
      session,
      parse: tools.parse,
      plugins: this.plugins(),
      showProposals: tellPieces,
    })
    this.status = createStore(this.session.status)
    this.counter = new WordCounter(tools.countWords)
    this.counts = this.counter.counts
    this.undoLine = new UndoLine({
      state: () => this.session.state!,
      dispatch: (tr) => { this.session.dispatch(tr) },
      undoInStudio: () => services.undo(this.place.project),
      redoInStudio: () => services.redo(this.place.project),
    })
    this.proposals = new ProposalDesk(this)
    this.live = new LiveJobs(this)
    this.endings.push(
      this.session.onUpdate(({ state, tr }) => {
        this.view?.updateState(state)
        this.noteUpdate(tr)
      }),
      this.session.onStatus(() => { this.noteStatus() }),
      services.onConnection((isOpen) => { if (isOpen) this.session.connectionBack(); else this.session.connectionLost() }),
      services.onEvent((event) => {
        if (!('item' in event) || event.item !== this.place.item) return
        if (event.type === 'draft.changed' && event.session !== this.session.id) this.refreshSoon()
        if (event.type === 'draft.replaced' || event.type === 'proposal.changed') this.refreshSoon(0)
      }),
    )
    this.session.start()
  }

  mount(element: HTMLElement): void {
    const { state } = this.session
    if (!state || this.view) return
    this.view = new EditorView({ mount: element }, {
      state,
      dispatchTransaction: (tr) => { this.session.dispatch(tr) },
      editable: () => this.session.status.writable,
    })
    this.noteUpdate(null)
    this.isMounted.set(true)
  }

  /** Core was restarted and gave the project another handle. */
  moveTo(project: string): void {
    if (this.place.project === project) return
    this.place.project = project
    this.session.connectionBack()
    void this.live.lookAtAll()
  }

  unmount(): void {
    this.isMounted.set(false)
    this.view?.destroy()
    this.view = null
    cancelAnimationFrame(this.frame)
    this.frame = 0
    noteSelection(this.place.item, null)
  }

  /** Runs a command on the text and gives the focus back to it. */
  run(command: Command): void {
    if (!this.view || !this.session.status.writable) return
    command(this.view.state, this.view.dispatch, this.view)
    this.view.focus()
  }

  /** Begins a comment on the selected words. */
  comment(): void {
    if (this.view) this.comments.begin(this.view.state, this.view.dispatch)
  }

  scrollToComment(thread: string): void {
    const mark = this.view && markOf(this.view.state, thread)
    if (!mark) return
    const { node } = this.view!.domAtPos(mark.from, 1)
    const element = node instanceof Element ? node : node.parentElement
    element?.scrollIntoView({ block: 'nearest' })
  }

  dispose(): void {
    for (const end of this.endings) end()
    this.unmount()
    this.live.dispose()
    this.comments.dispose()
    this.counter.dispose()
    if (this.refreshTimer) clearTimeout(this.refreshTimer)
  }

  /** Another window types: followed twice a second, not at each of its steps. */
  private refreshSoon(ms = 500): void {
    if (this.refreshTimer && ms > 0) return
    if (this.refreshTimer) clearTimeout(this.refreshTimer)
    this.refreshTimer = setTimeout(() => {
      this.refreshTimer = null
      this.session.refresh()
    }, ms)
  }

  private plugins() {
    const askForLink: Command = () => {
      this.linkField.set(true)
      return true
    }
    return editorPlugins({
      schema: this.tools.schema,
      fromMarkdown: this.tools.fromMarkdown,
      openLink: (href) => { window.open(href, '_blank', 'noopener,noreferrer') },
      undo: () => this.undoLine.undo(),
      redo: () => this.undoLine.redo(),
      askForLink,
      askForComment: (state, dispatch) => this.comments.begin(state, dispatch),
      decideByKey: (name) => this.proposals.byKey(name),
    })
  }

  /** What else follows from a change of the text waits for the next frame; typing itself waits for nothing. */
  private noteUpdate(tr: Transaction | null): void {
    if (tr) this.undoLine.noteTransaction(tr)
    if (!tr || tr.docChanged) this.counter.noteChange(this.session.state!.doc)
    this.proposals.noteUpdate()
    this.comments.noteUpdate(tr)
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      const { state } = this.session
      if (!state) return
      const formats = formatsAt(state)
      if (!sameFormats(formats, this.formats.get())) this.formats.set(formats)
      this.isEmpty.set(state.doc.childCount === 1 && state.doc.firstChild!.isTextblock && state.doc.firstChild!.content.size === 0)
      noteSelection(this.place.item, state)
    })
  }

  private noteStatus(): void {
    const { status } = this.session
    if (status.writable !== this.status.get().writable) this.view?.setProps({ editable: () => status.writable })
    this.status.set(status)
    this.proposals.noteUpdate()
  }
}

