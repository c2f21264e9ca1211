import type { TextOperation } from '../../contract/index.js'

/** The fixed part of every prompt. It comes first and never changes, so that the engine reuses it between requests. */
const SYSTEM = 'You are a careful writer who helps an author. Answer with the finished text alone, in plain paragraphs, without remarks about it.'

export interface PromptParts { readonly system: string; readonly document: string; readonly instruction: string; readonly begin?: string }

/** How many characters of the text before the place are given to "continue" as the beginning of the answer. */
const BEGINNING = 400

/**
 * Prompt parts in the order system, document, instruction. A selection is named by quotation and the document is
 * never cut out around it, since cutting would end the reuse of the prefix (see 4-engines in the design notes).
 */
export function buildPrompt(request: { operation: TextOperation; prompt: string; document: string; selection: string; before: string }): PromptParts {
  const { operation, prompt, document, selection, before } = request
  const wish = prompt.trim()
  switch (operation) {
    case 'draft':
      return { system: SYSTEM, document, instruction: `Write the text that this brief asks for.\n\nBrief: ${wish}` }
    case 'continue': {
      const begin = before.slice(-BEGINNING)
      return { system: SYSTEM, document, instruction: wish ? `Go on with the text where it ends. ${wish}` : 'Go on with the text where it ends.', begin: begin || undefined }
    }
    case 'rewrite':
      return { system: SYSTEM, document, instruction: `Rewrite this passage. ${wish}\n\nPassage: “${selection}”` }
    case 'instruct':
      return { system: SYSTEM, document, instruction: selection ? `${wish}\n\nThe passage it is about: “${selection}”` : wish }
  }
}

/** Letters of English to a token, and tokens to a byte of scripts that small models know only by bytes. Both on the safe side. */
const LETTERS_PER_TOKEN = 3
const TOKENS_PER_BYTE = 0.8

/** How many tokens a text takes at most, about: what the context is chosen by before the engine has counted. */
export function estimateTokens(text: string): number {
  const letters = text.replace(/[^\p{ASCII}]+/gu, '').length
  const bytes = Buffer.byteLength(text) - letters
  return Math.ceil(letters / LETTERS_PER_TOKEN + bytes * TOKENS_PER_BYTE)
}

const QUOTES: readonly [string, string][] = [['“', '”'], ['"', '"'], ['‘', '’'], ['«', '»']]

/** Takes the quotation marks off that models put around a passage they were given in quotation marks, and outer space. */
export function tidyAnswer(text: string, operation: TextOperation): string {
  // An answer that ends at its length may end within a letter.
  const whole = text.replace(/\uFFFD+\s*$/, '')
  const trimmed = operation === 'continue' ? whole.trimEnd() : whole.trim()
  if (operation !== 'rewrite' && operation !== 'instruct') return trimmed
  for (const [open, close] of QUOTES) {
    const inside = trimmed.slice(open.length, trimmed.length - close.length)
    if (trimmed.length > 1 && trimmed.startsWith(open) && trimmed.endsWith(close) && !inside.includes(open) && !inside.includes(close)) return inside.trim()
  }
  return trimmed
}
