import { mkdirSync, readdirSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { sweepPrivateCopies } from './private-copy.js'
import { makeFolder } from './testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())

it('private copies that a crash left are taken away after a day, and nothing else', async () => {
  for (const name of ['copy-0011', 'assets']) mkdirSync(folder.path(name))
  await sweepPrivateCopies(folder.path('.'))
  expect(readdirSync(folder.path('.')).sort()).toEqual(['assets', 'copy-0011'])
  await sweepPrivateCopies(folder.path('.'), Date.now() + 25 * 3_600_000)
  expect(readdirSync(folder.path('.'))).toEqual(['assets'])
})
