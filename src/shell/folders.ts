import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

export interface Folders {
  readonly userData: string
  readonly cacheDir: string
}

/** The value of `--name value` or `--name=value`, or undefined. */
export function optionValue(args: readonly string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`--${name}=`))
  if (joined !== undefined) return joined.slice(name.length + 3)
  const at = args.indexOf(`--${name}`)
  return at === -1 ? undefined : args[at + 1]
}

function base(value: string | undefined, fallback: string): string {
  return value && isAbsolute(value) ? value : fallback
}

/** Where a system keeps what programs store for a person, and what they may lose. */
export function systemFolders(platform: string = process.platform, env: Record<string, string | undefined> = process.env, home: string = homedir()): Folders {
  if (platform === 'darwin') return { userData: join(home, 'Library/Application Support/Galley'), cacheDir: join(home, 'Library/Caches/Galley') }
  if (platform === 'win32') {
    return { userData: join(base(env.APPDATA, join(home, 'AppData/Roaming')), 'Galley'), cacheDir: join(base(env.LOCALAPPDATA, join(home, 'AppData/Local')), 'Galley', 'Cache') }
  }
  return { userData: join(base(env.XDG_CONFIG_HOME, join(home, '.config')), 'Galley'), cacheDir: join(base(env.XDG_CACHE_HOME, join(home, '.cache')), 'galley') }
}

/** The folders to use: a person's choice by `--user-data` (its cache lies inside), else the system's. */
export function chooseFolders(args: readonly string[]): Folders {
  const chosen = optionValue(args, 'user-data')
  if (chosen === undefined) return systemFolders()
  const userData = resolve(chosen)
  return { userData, cacheDir: join(userData, 'cache') }
}
