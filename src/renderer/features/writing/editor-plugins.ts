import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands'
import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { history } from 'prosemirror-history'
import { undoInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import type { Node, Schema } from 'prosemirror-model'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import type { Command, Plugin } from 'prosemirror-state'
import { commentsPlugin } from './comments-plugin.js'
import { setHeading, toggleBold, toggleItalic, toggleList, toggleQuotation } from './formats.js'
import { liveProposalsPlugin } from './live-proposals.js'
import { markdownInput } from './markdown-input.js'
import { pastePlugin } from './paste.js'
import { piecesPlugin } from './pieces-plugin.js'

/** More steps than anybody takes back, so that decisions between them keep their places. */
const undoSteps = 2000

export interface EditorPluginOptions {
  schema: Schema
  fromMarkdown: (markdown: string) => Node
  openLink: (href: string) => void
  undo: Command
  redo: Command
  askForLink: Command
  askForComment: Command
  /** Alt with J, K, Y or N. */
  decideByKey: (key: 'next' | 'previous' | 'accept' | 'reject') => boolean
}

const insertBreak: Command = (state, dispatch) => {
  const type = state.schema.nodes['hard_break']!
  const { $from } = state.selection
  if (!$from.parent.canReplaceWith($from.index(), $from.index(), type)) return false
  dispatch?.(state.tr.replaceSelectionWith(type.create()).scrollIntoView())
  return true
}

export function editorPlugins(options: EditorPluginOptions): Plugin[] {
  const { schema, decideByKey } = options
  const item = schema.nodes['list_item']!
  const shiftEnter = chainCommands(exitCode, insertBreak)
  return [
    piecesPlugin(),
    liveProposalsPlugin(),
    commentsPlugin(),
    markdownInput(schema),
    keymap({
      'Mod-z': options.undo, 'Mod-Shift-z': options.redo, 'Mod-y': options.redo,
      'Mod-b': toggleBold, 'Mod-i': toggleItalic, 'Mod-Shift-9': toggleQuotation, 'Mod-Shift-8': toggleList, 'Mod-Shift-k': options.askForLink, 'Mod-Alt-m': options.askForComment,
      'Mod-Alt-0': setHeading(0), 'Mod-Alt-1': setHeading(1), 'Mod-Alt-2': setHeading(2), 'Mod-Alt-3': setHeading(3),
      'Alt-j': () => decideByKey('next'), 'Alt-k': () => decideByKey('previous'), 'Alt-y': () => decideByKey('accept'), 'Alt-n': () => decideByKey('reject'),
      Backspace: undoInputRule,
      Enter: splitListItem(item), 'Mod-]': sinkListItem(item), 'Mod-[': liftListItem(item), Tab: sinkListItem(item), 'Shift-Tab': liftListItem(item),
      'Shift-Enter': shiftEnter,
    }),
    keymap(baseKeymap),
    pastePlugin(options.fromMarkdown, options.openLink),
    dropCursor({ class: 'drop-cursor', color: false, width: 2 }),
    gapCursor(),
    history({ depth: undoSteps }),
  ]
}
