export function hashOf(root: string, paths: readonly string[]): string
export function isStamped(file: string, value: string): boolean
export function stamp(file: string, value: string): void
