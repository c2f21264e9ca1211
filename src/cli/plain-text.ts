interface Node { type?: string; text?: string; content?: Node[] }

const isInline = (node: Node): boolean => node.text !== undefined || node.type === 'hard_break' || node.type === 'hardBreak'

function textOf(node: Node): string {
  if (node.text !== undefined) return node.text
  if (isInline(node)) return '\n'
  const parts = node.content ?? []
  return parts.map(textOf).join(parts.some(isInline) ? '' : '\n\n')
}

/** The words of a slice or document in its JSON form: paragraphs with an empty line between them. */
export const plainTextOf = (json: unknown): string => textOf((json ?? {}) as Node)
