import { Bold, Heading, Italic, Link, List, Quote, type LucideIcon } from 'lucide-react'

const glyphs = { bold: Bold, italic: Italic, heading: Heading, quotation: Quote, list: List, link: Link } satisfies Record<string, LucideIcon>

export type GlyphName = keyof typeof glyphs

/** Signs of the format buttons. */
export function Glyph({ name }: { readonly name: GlyphName }) {
  const Drawing = glyphs[name]
  return <Drawing className="icon" size={16} strokeWidth={1.5} absoluteStrokeWidth aria-hidden="true" />
}
