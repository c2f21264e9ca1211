import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

test('no test is skipped without saying why: each goes through testUnless or describeUnless, a spec names its reason', () => {
  const silent: string[] = []
  for (const folder of ['src', 'e2e', 'scripts']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(test|spec)\.tsx?$/.test(name) || name.endsWith(join('testing', 'unless.test.ts'))) continue
      for (const line of readFileSync(join(root, folder, name), 'utf8').split('\n')) {
        if (/\.(skipIf|runIf)\(|\b(it|test|describe)\.(skip|todo)\((?!.*, ['`"])/.test(line)) silent.push(`${folder}/${name}: ${line.trim()}`)
      }
    }
  }
  expect(silent).toEqual([])
})
