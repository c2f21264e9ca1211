import { describe, test } from 'vitest'

/** Why something cannot be tried here; null or false where it can. */
type Reason = string | null | false

const said = new Set<string>()

function say(name: string, reason: string): string {
  const words = `SKIPPED: ${name}: ${reason}`
  if (!said.has(words)) console.warn(words)
  said.add(words)
  return `${name} (skipped: ${reason})`
}

/** `test`, or a skipped one that says why in its name and in the output: what was not tried must be seen. */
export function testUnless(reason: Reason): (name: string, work: () => unknown, timeout?: number) => void {
  return (name, work, timeout) => (reason ? test.skip(say(name, reason), work as () => void, timeout) : test(name, work as () => void, timeout))
}

/** The same for a group of tests. */
export function describeUnless(reason: Reason): (name: string, tests: () => void) => void {
  return (name, tests) => (reason ? describe.skip(say(name, reason), tests) : describe(name, tests))
}

export const asRoot = process.getuid?.() === 0 && 'this runs as root, whom no permission stops'
export const notOnLinux = process.platform !== 'linux' && 'this is not Linux'
export const onWindows = process.platform === 'win32' && 'Windows has no such permissions'
