import { describe, expect, test } from 'vitest'
import { StudioError } from '../contract/index.js'
import { ConnectionLost } from './connection/lost.js'
import { explain, explainRecord } from './problem.js'

describe('what a failure means', () => {
  test('a project that is open elsewhere is named, and can be tried again', () => {
    const problem = explain(new StudioError('project-in-use', { path: '/home/m/Autumn 2026.galley' }))
    expect(problem.sentence).toMatch(/^Autumn 2026 is open elsewhere/)
    expect(problem.next).toBe('try-again')
  })

  test('too little memory says both numbers and what fits', () => {
    const problem = explain(new StudioError('out-of-memory', { needed: 11.8e9, available: 10.4e9, largest: 'Qwen3 4B' }))
    expect(problem.sentence).toBe('This asks for 11.8 GB, 10.4 GB may be used. Qwen3 4B fits.')
    expect(problem).toMatchObject({ next: 'use-largest', largest: 'Qwen3 4B' })
    expect(explain(new StudioError('out-of-memory', { needed: 2e9, available: 1e9 })).next).toBe('models')
  })

  test('a job that failed with a code this page does not know still says something', () => {
    expect(explainRecord({ code: 'from-the-future', data: { a: 1 } }).sentence).toContain('from-the-future')
  })

  test('what core says in half a sentence is a sentence on the page', () => {
    const { sentence } = explain(new StudioError('not-a-project', { path: '/a/Notes.galley', detail: 'not a SQLite file' }))
    expect(sentence).toBe('Notes is not a Galley project. Not a SQLite file.')
  })

  test('numbers that are none are a sentence with what to do next', () => {
    const { sentence, next } = explain(new StudioError('bad-output', { detail: 'the model gave numbers that are no numbers at step 1 of 4' }))
    expect(sentence).toBe('The model’s answer could not be used. The model gave numbers that are no numbers at step 1 of 4. Try again, with another seed or with another model.')
    expect(next).toBe('try-again')
  })

  test('a lost connection is told apart from what core said', () => {
    expect(explain(new ConnectionLost()).code).toBe('connection-lost')
    expect(explain(new Error('boom')).sentence).toContain('boom')
  })
})
