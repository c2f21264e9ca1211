import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packagesMatch } from './install.mjs'
import { root } from './paths.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

describe('what need not be done again', () => {
  it('is what has the same files with the same contents', () => {
    const root = mkdtempSync(join(tmpdir(), 'galley-stamps-'))
    const write = (name: string, text: string) => writeFileSync(join(root, name), text)
    mkdirSync(join(root, 'src/deep'), { recursive: true })
    write('src/a.ts', 'one')
    write('src/deep/b.ts', 'two')
    const inputs = ['src', 'absent.json']
    const hashes = [hashOf(root, inputs)]
    expect(hashOf(root, inputs)).toBe(hashes[0])
    for (const change of [() => write('src/deep/b.ts', 'three'), () => write('src/c.ts', ''), () => write('absent.json', ''), () => rmSync(join(root, 'src/a.ts'))]) {
      change()
      hashes.push(hashOf(root, inputs))
    }
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('is what its stamp says', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'galley-stamps-')), 'deep/stamp')
    expect(isStamped(file, 'a')).toBe(false)
    stamp(file, 'a')
    expect([isStamped(file, 'a'), isStamped(file, 'b')]).toEqual([true, false])
  })
})

describe('installed packages', () => {
  const lockfile = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '1.0.0', optional: true } } }

  it('are complete without those for other systems', () => {
    expect(packagesMatch(lockfile, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true)
  })

  it('are not complete where one is missing or of another version', () => {
    expect(packagesMatch(lockfile, { packages: {} })).toBe(false)
    expect(packagesMatch(lockfile, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false)
    expect(packagesMatch(lockfile, { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.0.0' } } })).toBe(false)
  })
})

describe('the lockfile', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>
  }

  it('has every package that a package names for some system, without which `npm ci` refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages)))
    expect(missing).toEqual([])
  })

  it('names no registry', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })
})
