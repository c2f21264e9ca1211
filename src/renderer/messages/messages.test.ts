import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { studioErrorData } from '../../contract/index.js'
import { en } from './en.js'
import * as areas from './en/errors.js'
import { t, textOf, type MessageValues } from './t.js'

type Part = { type: number; value?: string; options?: Record<string, { value: Part[] }> }

/** Names of the arguments that the message format itself finds. */
function argumentsOf(parts: readonly Part[]): Set<string> {
  const names = new Set<string>()
  for (const part of parts) {
    // 0 is literal text, 7 the number sign in a plural, 8 a tag.
    if (part.type !== 0 && part.type < 7 && part.value !== undefined) names.add(part.value)
    for (const option of Object.values(part.options ?? {})) for (const name of argumentsOf(option.value)) names.add(name)
  }
  return names
}

describe('the message catalogue', () => {
  test('every message is well-formed and its arguments are those that the types see', () => {
    for (const [id, text] of Object.entries(en)) {
      const format = new IntlMessageFormat(text, 'en-GB', undefined, { ignoreTag: true })
      const seen = new Set([...text.matchAll(/\{(?=([^,}]*))/g)].map((match) => match[1] ?? '').filter((name) => name !== '' && !/[ #{]/.test(name)))
      expect(seen, id).toEqual(argumentsOf(format.getAst() as unknown as Part[]))
    }
  })

  test('every error of the contract has a sentence', () => {
    for (const code of Object.keys(studioErrorData)) expect(areas.errors, code).toHaveProperty([`error.${code}`])
  })

  test('values are put in, and plurals chosen', () => {
    const values: MessageValues<'desk.open-proposals'> = { count: 2 }
    expect(t('desk.open-proposals', values)).toBe('2 open proposals')
    expect(t('desk.open-proposals', { count: 1 })).toBe('1 open proposal')
    expect(t('queue.counts', { running: 1, waiting: 2 })).toBe('1 running, 2 waiting')
    expect(t('queue.counts', { running: 0, waiting: 2 })).toBe('2 waiting')
    expect(t('queue.counts', { running: 1, waiting: 0 })).toBe('1 running')
  })

  test('an id that is not in the catalogue has no text', () => {
    expect(textOf('wait.something-new')).toBeNull()
    expect(textOf('wait.paused')).toBe('Paused')
  })

  test('a value that is missing leaves a gap and does not break the page', () => {
    expect(textOf('error.internal')).toBe('Something went wrong inside Galley. What was kept before is safe.')
    expect(textOf('error.out-of-memory', { needed: '2 GB' })).toBe('This asks for 2 GB,  may be used.')
  })

  test('no text shouts or praises', () => {
    for (const [id, text] of Object.entries(en)) expect(text, id).not.toMatch(/!|✨|awesome|magic/i)
  })
})
