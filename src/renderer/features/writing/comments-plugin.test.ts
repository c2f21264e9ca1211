import { EditorState, type Transaction } from 'prosemirror-state'
import { describe, expect, test } from 'vitest'
import type { CommentThread } from '../../../contract/index.js'
import { fromMarkdown, makeAnchor } from '../../../document/index.js'
import { CommentDesk, type CommentDeskOptions } from './comment-desk.js'
import { placeThreads, PlaceSearch } from './comment-places.js'
import { addMarks, commentsOf, commentsPlugin, marksOf, showCurrent, showPart } from './comments-plugin.js'

const original = fromMarkdown('The tide went out.\n\nGrey herons nest together, often high in trees.')

function threadOn(words: string, id = 'one', resolved = false): CommentThread {
  let from = 0
  original.descendants((node, at) => { if (node.isText && node.text!.includes(words)) from = at + node.text!.indexOf(words) })
  const person = { id: 'person-1', name: 'Ines' }
  return {
    id, number: 1, text: 'Is that so?', at: 1, person, item: 'item', version: 'v1', ordinal: 1, anchor: makeAnchor(original, from, from + words.length),
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
  desk.setThreads(threads, new Map([['v1', original]]))
  const words = (): string[] => marksOf(state).map(({ from, to }) => state.doc.textBetween(from, to))
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
    const [mark] = marksOf(text.state())
    text.apply(text.state().tr.insertText('!', mark!.to))
    text.apply(text.state().tr.insertText('X', mark!.from))
    expect(text.words()).toEqual(['nest together'])
  })

  test('a comment whose words were deleted has no mark, and has one again when they come back', () => {
    const text = open([threadOn('nest together')])
    const [mark] = marksOf(text.state())
    const before = text.state().doc.slice(mark!.from, mark!.to)
    text.apply(text.state().tr.delete(mark!.from, mark!.to))
    expect(text.words()).toEqual([])
    text.apply(text.state().tr.replace(mark!.from, mark!.from, before))
    text.desk.setThreads([threadOn('nest together')], new Map([['v1', original]]))
    expect(text.words()).toEqual(['nest together'])
  })

  test('threads that are done are not underlined until somebody is at them', () => {
    const text = open([threadOn('tide', 'one', true), threadOn('herons', 'two')])
    expect(shown(text.state())).toEqual(['herons'])
    text.apply(showCurrent(text.state().tr, 'one'))
    expect(shown(text.state())).toEqual(['tide', 'herons'])
  })

  test('a thread that is done, opened again or hidden changes no other mark', () => {
    const text = open([threadOn('tide', 'one'), threadOn('herons', 'two')])
    text.desk.setThreads([threadOn('tide', 'one', true), threadOn('herons', 'two')], new Map())
    expect(shown(text.state())).toEqual(['herons'])
    text.desk.setThreads([threadOn('tide', 'one'), threadOn('herons', 'two')], new Map())
    expect(shown(text.state())).toEqual(['tide', 'herons'])
    text.desk.setThreads([threadOn('herons', 'two')], new Map())
    expect([shown(text.state()), text.words()]).toEqual([['herons'], ['herons']])
  })

  test('marks carry the numbers of their threads, in the order in which those began', () => {
    const threads = [threadOn('tide', 'one', true), { ...threadOn('herons', 'two'), number: 3 }]
    const marks = placeThreads(threads, new Map([['v1', original]]), original)
    expect(marks.map(({ id, number }) => [id, number])).toEqual([['one', 1], ['two', 3]])
  })

  test('a version is asked for only where words were changed', () => {
    const text = 'The tide went out. The boats lay on their sides for all of the afternoon, and nobody minded.\n\nGrey herons nest together, often high in trees.'
    const original = fromMarkdown(text)
    const current = fromMarkdown(text.replace('together', 'near together'))
    const on = (words: string, id: string): CommentThread => {
      let from = 0
      original.descendants((node, at) => { if (node.isText && node.text!.includes(words)) from = at + node.text!.indexOf(words) })
      return { ...threadOn('tide', id), anchor: makeAnchor(original, from, from + words.length) }
    }
    const threads = [on('tide went', 'same'), on('nest together', 'changed')]
    const search = new PlaceSearch(threads, new Map(), current)
    const found = search.look()
    expect([found.map(({ id }) => id), [...search.wanted]]).toEqual([['same'], ['v1']])
    const again = new PlaceSearch(threads, new Map([['v1', original]]), current)
    expect(again.look().map(({ id }) => id)).toEqual(['same', 'changed'])
  })

  test('ten thousand comments are found a few milliseconds at a time, and typing moves them all along', () => {
    const line = (index: number): string => `Line ${index} says that boat number ${index} lay on the mud all day.`
    const paragraphs = Array.from({ length: 400 }, (_, at) => Array.from({ length: 25 }, (__, index) => line(at * 25 + index)).join(' '))
    const long = fromMarkdown(paragraphs.join('\n\n'))
    const threads: CommentThread[] = []
    long.forEach((paragraph, at) => {
      for (const { 0: words, index } of paragraph.textContent.matchAll(/boat number \d+/g)) {
        const id = String(threads.length)
        const anchor = makeAnchor(long, at + 1 + index, at + 1 + index + words.length)
        threads.push({ ...threadOn('tide'), id, number: threads.length + 1, anchor })
      }
    })
    let state = EditorState.create({ doc: long, plugins: [commentsPlugin()] })
    const search = new PlaceSearch(threads, new Map(), long)
    let looks = 0
    for (; !search.isOver; looks++) state = state.apply(addMarks(state.tr, search.look(2)))
    expect(looks).toBeGreaterThan(1)
    for (let key = 0; key < 10; key++) state = state.apply(state.tr.insertText('x', 1 + key))
    // Of so many only those of the part that is seen are drawn, and the one that somebody is at.
    expect(shown(state)).toEqual([])
    state = state.apply(showPart(state.tr, { from: 0, to: 2000 }))
    expect(shown(state).length).toBeGreaterThan(10)
    expect(shown(state).length).toBeLessThan(100)
    const marks = marksOf(state)
    expect(marks).toHaveLength(10_000)
    expect(marks.map(({ from, to }) => state.doc.textBetween(from, to))).toEqual(threads.map(({ anchor }) => anchor.type === 'words' && anchor.quote))
  })
})
