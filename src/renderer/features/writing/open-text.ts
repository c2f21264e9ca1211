import type { Node, Schema } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import type { DraftSession } from './draft-session.js'
import type { WritingServices } from './services.js'
import type { UndoLine } from './undo.js'

export interface DocumentTools {
  schema: Schema
  parse: (json: unknown) => Node
  countWords: (node: Node) => number
  fromMarkdown: (markdown: string) => Node
}

/** What the parts of a text's desk know of the text that they belong to. */
export interface OpenText {
  readonly services: WritingServices
  /** The handle changes where core was restarted. */
  readonly place: { readonly project: string; readonly item: string }
  readonly tools: DocumentTools
  readonly session: DraftSession
  readonly undoLine: UndoLine
  readonly view: EditorView | null
}
