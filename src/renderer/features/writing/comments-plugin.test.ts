import { EditorState, type Transaction } from 'prosemirror-state'
import { describe, expect, test } from 'vitest'
import type { CommentThread } from '../../../contract/index.js'
import { fromMarkdown, makeAnchor } from '../../../document/index.js'
import { CommentDesk, type CommentDeskOptions } from './comment-desk.js'
import { numberThreads, placeThreads } from './comment-places.js'
import { commentsOf, commentsPlugin, showCurrent } from './comments-plugin.js'

const original = fromMarkdown('The tide went out.\n\nGrey herons nest together, often high in trees.')

function threadOn(words: string, id = 'one', resolved = false): CommentThread {
  let from = 0
  original.descendants((node, at) => { if (node.isText && node.text!.includes(words)) from = at + node.text!.indexOf(words) })
  const person = { id: 'person-1', name: 'Ines' }
  return {
    id, text: 'Is that so?', at: 1, person, item: 'item', version: 'v1', ordinal: 1, anchor: makeAnchor(original, from, from + words.length),
    range: null, orphaned: false, resolved, replies: [],
  }
}

/** An editor with a comment desk on it, as the text desk has one. */
function open(threads: readonly CommentThread[]) {
  let state = EditorState.create({ doc: original, plugins: [commentsPlugin()] })
  const options: CommentDeskOptions = { item: 'item', state: () => state, dispatch: (tr) => apply(tr), compose: () => undefined }
  const desk = new CommentDesk(options)
  function apply(tr: Transaction): void {
    state = state.apply(tr)
    desk.noteUpdate(tr)
  }
  desk.setThreads(numberThreads(threads), new Map([['v1', original]]))
  const words = (): string[] => commentsOf(state).marks.map(({ from, to }) => state.doc.textBetween(from, to))
  return { apply, desk, words, state: () => state }
}

const shown = (state: EditorState) => commentsOf(state).decorations.find().map(({ from, to }) => state.doc.textBetween(from, to))

describe('comments in the editor', () => {
  test('the words of a comment are followed while others are typed around and inside them', () => {
    const text = open([threadOn('nest together')])
    text.apply(text.state().tr.insertText('At dusk ', 1))
    text.apply(text.state().tr.insertText('never ', text.state().doc.textBetween(0, 60, ' ').indexOf('nest') + 2))
    expect(text.words()).toHaveLength(1)
    expect(text.words()[0]).toMatch(/nest.*together$/)
  })

  test('typing at either edge is not taken into the comment', () => {
    const text = open([threadOn('nest together')])
    const [mark] = commentsOf(text.state()).marks
    text.apply(text.state().tr.insertText('!', mark!.to))
    text.apply(text.state().tr.insertText('X', mark!.from))
    expect(text.words()).toEqual(['nest together'])
  })

  test('a comment whose words were deleted has no mark, and has one again when they come back', () => {
    const text = open([threadOn('nest together')])
    const [mark] = commentsOf(text.state()).marks
    const before = text.state().doc.slice(mark!.from, mark!.to)
    text.apply(text.state().tr.delete(mark!.from, mark!.to))
    expect(text.words()).toEqual([])
    text.apply(text.state().tr.replace(mark!.from, mark!.from, before))
    text.desk.setThreads(numberThreads([threadOn('nest together')]), new Map([['v1', original]]))
    expect(text.words()).toEqual(['nest together'])
  })

  test('threads that are done are not underlined until somebody is at them', () => {
    const text = open([threadOn('tide', 'one', true), threadOn('herons', 'two')])
    expect(shown(text.state())).toEqual(['herons'])
    text.apply(showCurrent(text.state().tr, 'one'))
    expect(shown(text.state())).toEqual(['tide', 'herons'])
  })

  test('threads are numbered in the order in which they began, whatever became of them', () => {
    const threads = numberThreads([threadOn('tide', 'one', true), threadOn('nowhere to be found', 'gone'), threadOn('herons', 'two')])
    const marks = placeThreads([threads[0]!, threads[2]!], new Map([['v1', original]]), original)
    expect(marks.map(({ id, number }) => [id, number])).toEqual([['one', 1], ['two', 3]])
  })
})
