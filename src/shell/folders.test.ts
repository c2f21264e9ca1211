import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseFolders, optionValue, systemFolders } from './folders.js'

describe('where Galley keeps what it stores', () => {
  it('is where each system wants it', () => {
    expect(systemFolders('linux', {}, '/home/a')).toEqual({ userData: join('/home/a/.config/Galley'), cacheDir: join('/home/a/.cache/galley') })
    expect(systemFolders('linux', { XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: 'relative' }, '/home/a')).toEqual({ userData: join('/c/Galley'), cacheDir: join('/home/a/.cache/galley') })
    expect(systemFolders('darwin', {}, '/Users/a').userData).toBe(join('/Users/a/Library/Application Support/Galley'))
    expect(systemFolders('win32', {}, '/u').userData).toBe(join('/u/AppData/Roaming/Galley'))
  })

  it('is what a person says, with the cache inside', () => {
    expect(chooseFolders(['--user-data', 'x'])).toEqual({ userData: resolve('x'), cacheDir: join(resolve('x'), 'cache') })
    expect(chooseFolders(['--no-open', '--user-data=/y']).userData).toBe(resolve('/y'))
    expect(optionValue(['--port'], 'port')).toBeUndefined()
  })
})
