import type { CSSProperties } from 'react'

/** Lengths for the style sheet, which scales them. */
export function vars(values: Readonly<Record<string, number>>): CSSProperties {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, value])) as CSSProperties
}
