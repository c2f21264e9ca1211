import { history } from 'prosemirror-history'
import { EditorState } from 'prosemirror-state'
import { describe, expect, it } from 'vitest'
import { fromMarkdown } from '../../../document/index.js'
import { UndoLine } from './undo.js'

function begin() {
  const done: string[] = []
  let state = EditorState.create({ doc: fromMarkdown('Start.'), plugins: [history()] })
  const dispatch = (tr: EditorState['tr']): void => {
    line.noteTransaction(tr)
    state = state.apply(tr)
  }
  const line: UndoLine = new UndoLine({
    state: () => state, dispatch,
    undoInStudio: async () => { done.push('undo') }, redoInStudio: async () => { done.push('redo') },
  })
  return { done, line, text: () => state.doc.textContent, type: (words: string) => dispatch(state.tr.insertText(words, state.doc.content.size - 1)) }
}

describe('one line of undo', () => {
  it('takes back typing, then the decision before it, then the typing before that', () => {
    const { done, line, text, type } = begin()
    type(' Before.')
    line.noteDecision()
    type(' After.')
    expect(line.undo()).toBe(true)
    expect([text(), done]).toEqual(['Start. Before.', []])
    line.undo()
    expect([text(), done]).toEqual(['Start. Before.', ['undo']])
    line.undo()
    expect([text(), done]).toEqual(['Start.', ['undo']])
    expect(line.undo()).toBe(false)
  })

  it('makes the same things again in the opposite order', () => {
    const { done, line, text, type } = begin()
    type(' Before.')
    line.noteDecision()
    type(' After.')
    for (let count = 0; count < 3; count++) line.undo()
    line.redo()
    expect([text(), done]).toEqual(['Start. Before.', ['undo']])
    line.redo()
    expect([text(), done]).toEqual(['Start. Before.', ['undo', 'redo']])
    line.redo()
    expect(text()).toBe('Start. Before. After.')
  })

  it('two decisions in a row are taken back one by one', () => {
    const { done, line } = begin()
    line.noteDecision()
    line.noteDecision()
    line.undo()
    line.undo()
    expect(done).toEqual(['undo', 'undo'])
    expect(line.undo()).toBe(false)
  })

  it('after new typing, a decision that was taken back is not made again', () => {
    const { done, line, type } = begin()
    line.noteDecision()
    line.undo()
    type(' Other.')
    expect(line.redo()).toBe(false)
    expect(done).toEqual(['undo'])
  })
})
