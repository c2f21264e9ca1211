import { describe, expect, test } from 'vitest'
import type { Recipe, VersionSummary } from '../../../../contract/index.js'
import { howMade, madeLine, modelsOf, versionLine } from './recipe-words.js'

const hash = 'a'.repeat(64)
const model: Recipe = {
  by: 'text-model',
  model: { name: 'SmolLM2 135M', hash, licence: 'Apache-2.0' },
  engine: 'e',
  operation: 'draft',
  prompt: 'p',
  seed: 1,
  temperature: 0.7,
  topP: 0.9,
  topK: 40,
  maxTokens: 10,
  contextSize: 100,
  threads: 1,
  batch: { size: 1, index: 0 },
  tokens: 5,
  tokensPerSecond: 40,
  firstTokenMs: 300,
  stopped: 'end',
  sources: [],
  job: 'j',
  output: 0,
}
const version = (change: Partial<VersionSummary>): VersionSummary => ({
  id: hash,
  item: hash,
  ordinal: 1,
  parents: [],
  at: 0,
  person: { id: 'robin001', name: 'Robin' },
  reason: 'source',
  name: null,
  recipe: { by: 'hand' },
  isHead: true,
  hidden: false,
  removed: false,
  picked: null,
  content: { type: 'text', words: 1, beginning: '' },
  decision: null,
  ...change,
})

describe('how a version was made', () => {
  test('a version of a resolved proposal is never called typed', () => {
    const resolved = version({ reason: 'proposal' })
    expect([versionLine(resolved), madeLine(resolved), howMade(resolved)].join(' ')).not.toMatch(/typed|by hand/i)
  })

  test('a resolved proposal says how much of it was accepted, and whose words it brought', () => {
    const resolved = version({ reason: 'proposal', proposals: [{ id: hash, recipe: model, accepted: 4, pieces: 6 }] })
    expect(versionLine(resolved)).toBe('Proposal resolved: 4 of 6 pieces accepted')
    expect(madeLine(resolved)).toBe('Drafted with SmolLM2 135M')
    expect([...modelsOf([resolved]).values()]).toMatchObject([{ name: 'SmolLM2 135M', licence: 'Apache-2.0' }])
  })

  test('a model whose proposal was rejected as a whole has no part in it', () => {
    expect(modelsOf([version({ reason: 'proposal', proposals: [{ id: hash, recipe: model, accepted: 0, pieces: 6 }] })]).size).toBe(0)
  })

  test('what a person typed is by hand', () => {
    expect(versionLine(version({}))).toBe('Used as a source')
    expect(howMade(version({}))).toBe('by hand')
  })
})
