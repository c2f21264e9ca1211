import { closeHistory, redo, redoDepth, undo, undoDepth } from 'prosemirror-history'
import type { EditorState, Transaction } from 'prosemirror-state'

export interface UndoHost {
  state(): EditorState
  dispatch(tr: Transaction): void
  /** Takes back or makes again what the studio did last. */
  undoInStudio(): Promise<unknown>
  redoInStudio(): Promise<unknown>
}

/**
 * One line of undo over typing and decisions. Typing is taken back in the editor; a decision is a fact of the project
 * and is taken back by the studio. A decision remembers how much typing stood before it: when that much is left, it is
 * the decision's turn.
 */
export class UndoLine {
  private decided: number[] = []
  private undone: number[] = []

  constructor(private readonly host: UndoHost) {}

  /** Called when core has made a decision. */
  noteDecision(): void {
    // Typing after the decision must not join the group of before, or it could not be told apart.
    this.host.dispatch(closeHistory(this.host.state().tr))
    this.decided.push(undoDepth(this.host.state()))
    this.undone = []
  }

  noteTransaction(tr: Transaction): void {
    if (tr.docChanged && tr.getMeta('addToHistory') !== false && tr.getMeta('history$') === undefined) this.undone = []
  }

  /** False where there is nothing of this text to take back. */
  undo(): boolean {
    const depth = undoDepth(this.host.state())
    if (this.decided.at(-1) !== undefined && this.decided.at(-1)! >= depth) {
      this.decided.pop()
      this.undone.push(redoDepth(this.host.state()))
      void this.host.undoInStudio().catch(() => undefined)
      return true
    }
    return undo(this.host.state(), (tr) => { this.host.dispatch(tr) })
  }

  redo(): boolean {
    const depth = redoDepth(this.host.state())
    if (this.undone.at(-1) !== undefined && this.undone.at(-1)! >= depth) {
      this.undone.pop()
      this.decided.push(undoDepth(this.host.state()))
      void this.host.redoInStudio().catch(() => undefined)
      return true
    }
    return redo(this.host.state(), (tr) => { this.host.dispatch(tr) })
  }
}
