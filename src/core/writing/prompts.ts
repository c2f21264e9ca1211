import type { TextOperation } from '../../contract/index.js'

/** The fixed part of every prompt. It comes first and never changes, so that the engine reuses it between requests. */
const SYSTEM = 'You are a careful writer who helps an author. Answer with the finished text alone, in plain paragraphs, without remarks about it.'

export interface PromptParts { readonly system: string; readonly document: string; readonly instruction: string; readonly begin?: string }

interface PromptRequest {
  readonly operation: TextOperation
  readonly prompt: string
  readonly document: string
  readonly selection: string
  readonly before: string
  readonly isSmall: boolean
}

/** How many characters of the text before the place are given to "continue" as the beginning of the answer. */
const BEGINNING = 400
/** The same for a small model, which is shown nothing else of the text. */
const BEGINNING_SMALL = 1500

/**
 * Prompt parts in the order system, document, instruction. A selection is named by quotation and the document is
 * never cut out around it, since cutting would end the reuse of the prefix (see 4-engines in the design notes).
 *
 * Small models (below a thousand million weights) are asked in other words: they take a system text and a "brief" for the topic, and where
 * they are shown the document they say it again instead of rewriting its passage. So they are given the passage alone.
 */
export function buildPrompt(request: PromptRequest): PromptParts {
  if (request.isSmall) return forSmall(request)
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

/** Wishes that say already what to do: "Write a letter", "Tell of the sea". */
const IS_ORDER = /^(please|write|draft|compose|tell|describe|explain|list|make|give|summari[sz]e|invent)\b/i

function forSmall({ operation, prompt, document, selection, before }: PromptRequest): PromptParts {
  const wish = prompt.trim().replace(/[.\s]+$/, '')
  const order = IS_ORDER.test(wish) ? wish : `Please write ${wish.replace(/^(A|An|The|My|Our|One|Two|Three|Four|Five|Some)\b/, (word) => word.toLowerCase())}`
  const system = 'You are a writer.'
  switch (operation) {
    case 'draft':
      return { system, document, instruction: `${order}. Begin at once with the text.` }
    case 'continue':
      return { system, document: '', instruction: wish ? `Go on with this text. ${wish}.` : 'Go on with this text.', begin: beginningFor(before) }
    case 'rewrite':
      return { system, document: '', instruction: `${selection}\n\nPlease rewrite this passage: ${wish}.` }
    case 'instruct':
      return selection ? { system, document: '', instruction: `${selection}\n\n${wish}.` } : { system, document, instruction: `${wish}.` }
  }
}

/** A text that has come to the end of a sentence goes on in a new paragraph: small models take the full stop for the end of it all. */
function beginningFor(before: string): string | undefined {
  const end = before.trimEnd().slice(-BEGINNING_SMALL)
  if (end === '') return undefined
  return /[.!?…:][”"’)]?$/u.test(end) ? `${end}\n\n` : before.slice(-BEGINNING_SMALL)
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

/** "Here is the new passage:" and what small models say about their work once it is done. */
const ANNOUNCES = /^(here('s| is)|sure|certainly|the (revised|rewritten|new))\b[^\n]*:\s*\n+/i

/**
 * Takes outer space off, and the quotation marks that models put around a passage they were given in quotation marks.
 * @param passage what a small model was to rewrite, else null: its answer has as many paragraphs as that at most, since what follows is
 * its explanation
 */
export function tidyAnswer(text: string, operation: TextOperation, passage: string | null = null): string {
  // An answer that ends at its length may end within a letter.
  const whole = text.replace(/\uFFFD+\s*$/, '')
  const trimmed = operation === 'continue' ? whole.trimEnd() : withoutRemarks(whole.trim(), operation === 'rewrite' ? passage : null)
  if (operation !== 'rewrite' && operation !== 'instruct') return trimmed
  for (const [open, close] of QUOTES) {
    const inside = trimmed.slice(open.length, trimmed.length - close.length)
    if (trimmed.length > 1 && trimmed.startsWith(open) && trimmed.endsWith(close) && !inside.includes(open) && !inside.includes(close)) return inside.trim()
  }
  return trimmed
}

function withoutRemarks(answer: string, passage: string | null): string {
  if (passage === null) return answer
  const paragraphs = (text: string) => text.split(/\n{2,}/)
  const own = answer.replace(ANNOUNCES, '')
  return paragraphs(own === '' ? answer : own).slice(0, paragraphs(passage.trim()).length).join('\n\n')
}
