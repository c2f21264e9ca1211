import { describe, expect, test } from 'vitest'
import type { CommentThread, DecisionView, ReviewView } from '../../../contract/index.js'
import { factsOf, lastApproved } from './facts.js'
import { sortThreads } from './threads.js'

const person = { id: 'person-1', name: 'Ines' }

let number = 0

function thread(id: string, from: number | null, change: Partial<CommentThread> = {}): CommentThread {
  return {
    id,
    number: ++number,
    text: id,
    at: 1,
    person,
    item: 'item',
    version: 'v1',
    ordinal: 1,
    anchor: { type: 'words', from: 1, to: 2, quote: 'x', prefix: '', suffix: '' },
    range: from === null ? null : { from, to: from + 1 },
    orphaned: from === null,
    resolved: false,
    replies: [],
    ...change,
  }
}

function decision(ordinal: number, kind: DecisionView['decision'], change: Partial<DecisionView> = {}): DecisionView {
  return {
    id: `d${ordinal}${kind}`,
    version: `v${ordinal}`,
    ordinal,
    decision: kind,
    notes: '',
    at: ordinal,
    person,
    key: 'key-1',
    sealed: true,
    counts: true,
    standing: false,
    ...change,
  }
}

const view = (decisions: DecisionView[], requests: ReviewView['requests'] = []): ReviewView => ({
  state: 'draft',
  reasons: [],
  head: 'v9',
  decisions,
  requests,
  threads: { all: 0, done: 0 },
})

describe('lists of the review', () => {
  test('open threads stand in the order of their words, those without a place last, and done ones apart', () => {
    const { open, done, orphaned } = sortThreads(
      [thread('late', 50), thread('gone', null), thread('early', 3), thread('done', 1, { resolved: true })],
      null,
    )
    expect(open.map(({ id }) => id)).toEqual(['early', 'late', 'gone'])
    expect(done.map(({ id }) => id)).toEqual(['done'])
    expect([...orphaned]).toEqual(['gone'])
  })

  test('while a text is open its editor says which comments lost their words', () => {
    const { orphaned } = sortThreads([thread('kept', 3), thread('lost', 9)], [
      { id: 'kept', number: 1, person: 'Ines', isResolved: false, from: 3, to: 4 },
    ])
    expect([...orphaned]).toEqual(['lost'])
  })

  test('requests and decisions are one list, newest first', () => {
    const facts = factsOf(
      view([decision(1, 'approve'), decision(4, 'changes')], [{ id: 'r', version: 'v3', ordinal: 3, at: 3, person, to: [], note: 'look', due: null }]),
    )
    expect(facts.map(({ at, shape }) => [at, shape])).toEqual([
      [4, 'changes-asked'],
      [3, 'in-review'],
      [1, 'approved'],
    ])
  })

  test('the last approved version is the newest that counts, and on which no change is asked for', () => {
    expect(lastApproved(view([decision(1, 'approve'), decision(3, 'approve-with-notes'), decision(5, 'approve', { counts: false })]), null)?.ordinal).toBe(3)
    expect(lastApproved(view([decision(1, 'approve'), decision(3, 'approve')]), 'v3')?.ordinal).toBe(1)
    expect(lastApproved(view([decision(1, 'approve'), decision(3, 'approve'), decision(3, 'changes', { key: 'key-2' })]), null)?.ordinal).toBe(1)
    expect(lastApproved(view([decision(1, 'changes')]), null)).toBeNull()
  })
})
