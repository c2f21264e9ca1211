interface Lockfile { packages: Record<string, { version?: string; optional?: boolean }> }
export function packagesMatch(lockfile: Lockfile, installed: Lockfile): boolean
export function installPackages(): Promise<unknown>
export function installNode(): Promise<unknown>
