// The plainest editor that ProseMirror makes of a text: our schema, its own keys and history, a page to lie on. What
// typing in the studio is measured against. Built as one script, and run in a page of its own.
import { baseKeymap } from 'prosemirror-commands'
import { history } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import ownStyle from 'prosemirror-view/style/prosemirror.css?inline'
import { schema } from '../../src/document/schema.js'

const style = document.createElement('style')
style.textContent = `${ownStyle}
html, body { height: 100%; margin: 0 }
.scroll { height: 100%; overflow: auto }
.ProseMirror { width: 640px; margin: 40px auto; font: 18px/1.6 serif }`
document.head.append(style)
const scroll = document.createElement('div')
scroll.className = 'scroll'
document.body.append(scroll)

const view = (paragraphs: readonly string[]): EditorView => new EditorView(scroll, {
  state: EditorState.create({
    doc: schema.node('doc', null, paragraphs.map((text) => schema.node('paragraph', null, schema.text(text)))),
    plugins: [keymap(baseKeymap), history()],
  }),
  // As in the studio; checking all words again at each key would be most of what is measured.
  attributes: { spellcheck: 'false' },
})

Object.assign(window, { openBareEditor: (paragraphs: readonly string[]) => { view(paragraphs) } })
