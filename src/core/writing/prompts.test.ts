import { describe, expect, it } from 'vitest'
import { buildPrompt, estimateTokens, tidyAnswer } from './prompts.js'

const request = { prompt: 'A letter about autumn', document: 'The text.', selection: '', before: '', isSmall: false }

describe('prompts', () => {
  it('keeps the fixed part and the document first, so that the engine reuses them', () => {
    const draft = buildPrompt({ ...request, operation: 'draft' })
    const rewrite = buildPrompt({ ...request, operation: 'rewrite', selection: 'old words' })
    expect(rewrite.system).toBe(draft.system)
    expect(rewrite.document).toBe(draft.document)
    expect(rewrite.instruction).toContain('“old words”')
  })

  it('begins "continue" with the end of what stands before the place, and only with that', () => {
    const before = `${'a'.repeat(1000)} the end`
    const { begin } = buildPrompt({ ...request, operation: 'continue', before })
    expect(before.endsWith(begin!)).toBe(true)
    expect(begin!.length).toBeLessThan(500)
    expect(buildPrompt({ ...request, operation: 'continue', before: '' }).begin).toBeUndefined()
  })

  it('takes off quotation marks around a rewritten passage, but not those that belong to it', () => {
    expect(tidyAnswer(' “New words.” ', 'rewrite')).toBe('New words.')
    expect(tidyAnswer('“Go,” she said, “now.”', 'rewrite')).toBe('“Go,” she said, “now.”')
    expect(tidyAnswer('“New words.”', 'draft')).toBe('“New words.”')
  })

  it('shows a small model the passage alone, because it says a whole document again', () => {
    const { document, instruction, system } = buildPrompt({ ...request, operation: 'rewrite', selection: 'old words', prompt: 'Shorter.', isSmall: true })
    expect({ document, instruction, system }).toEqual({ document: '', instruction: 'old words\n\nPlease rewrite this passage: Shorter.', system: 'You are a writer.' })
  })

  it('lets a small model go on in a new paragraph where a sentence has ended, and in the sentence where it has not', () => {
    const begin = (before: string) => buildPrompt({ ...request, operation: 'continue', before, isSmall: true }).begin
    expect(begin('The lamp was lit. ')).toBe('The lamp was lit.\n\n')
    expect(begin('The lamp was lit by ')).toBe('The lamp was lit by ')
    expect(begin(' ')).toBeUndefined()
  })

  it('makes a request out of a brief for a small model, and leaves one that is a request already', () => {
    const asked = (prompt: string) => buildPrompt({ ...request, prompt, operation: 'draft', isSmall: true }).instruction
    expect(asked('A letter about autumn.')).toBe('Please write a letter about autumn. Begin at once with the text.')
    expect(asked('Anna’s letter to the sea')).toBe('Please write Anna’s letter to the sea. Begin at once with the text.')
    expect(asked('Describe a linen apron')).toBe('Describe a linen apron. Begin at once with the text.')
  })

  it('leaves out what a small model says about its own rewriting', () => {
    const answer = 'Here is the revised passage:\n\nThe shop opens at nine.\n\nI made the sentence shorter.'
    expect(tidyAnswer(answer, 'rewrite', 'The shop is going to open at nine.')).toBe('The shop opens at nine.')
    expect(tidyAnswer(answer, 'rewrite', null)).toBe(answer)
    expect(tidyAnswer('Sure:\n\n', 'rewrite', 'Old.')).toBe('Sure:')
  })

  it('leaves out half a letter at the end of an answer that ended at its length', () => {
    expect(tidyAnswer('ספריו\uFFFD', 'draft')).toBe('ספריו')
  })

  it('counts scripts that a small model spells in bytes as more tokens than English', () => {
    expect(estimateTokens('a'.repeat(300))).toBe(100)
    expect(estimateTokens('👩‍👩‍👧 مرحبا '.repeat(200))).toBeGreaterThan(3653)
  })

  it('keeps the space with which a continuation begins', () => {
    expect(tidyAnswer(' and then.\n', 'continue')).toBe(' and then.')
  })
})
