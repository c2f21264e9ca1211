import MarkdownIt from 'markdown-it'
import { MarkdownParser } from 'prosemirror-markdown'
import type { Node } from 'prosemirror-model'
import { documentLimits, depthOf, joinRuns } from './parse.js'
import { StudioError } from '../contract/index.js'
import { emptyDocument, isSafeHref, schema } from './schema.js'

// CommonMark with ~~strike~~ and without HTML, which stays as the characters that it is.
// The reader drops what lies deeper than maxNesting without a word, so that limit is above the depth at which we refuse.
const options = { html: false, maxNesting: 2 * documentLimits.depth }
const tokenizer = MarkdownIt('commonmark', options).enable('strikethrough')
// A link with another scheme, or a relative one, stays as the characters that it is: nothing is lost, nothing can be clicked.
tokenizer.validateLink = isSafeHref
// Addresses are kept as they were written; encoding them is the business of whoever opens them.
tokenizer.normalizeLink = (url) => url
tokenizer.normalizeLinkText = (url) => url
// Texts hold no pictures; their description is words all the same.
tokenizer.core.ruler.push('picture-as-words', (state) => {
  for (const token of state.tokens) {
    for (const child of token.children ?? []) {
      if (child.type === 'image') child.type = 'text'
    }
  }
})

// Texts hold no tables; their rows stay lines, where they would run into one another.
tokenizer.core.ruler.push('rows-as-lines', (state) => {
  for (const { type, content, children } of state.tokens) {
    if (type !== 'inline' || !isTable(content)) continue
    for (const child of children ?? []) {
      if (child.type === 'softbreak') child.type = 'hardbreak'
    }
  }
})

function isTable(content: string): boolean {
  const lines = content.split('\n')
  return lines.length > 1 && lines.every((line) => /^\s*\|.*\|\s*$/.test(line))
}

const parser = new MarkdownParser(schema, tokenizer, {
  paragraph: { block: 'paragraph' },
  heading: { block: 'heading', getAttrs: (token) => ({ level: Math.min(3, Number(token.tag.slice(1))) }) },
  blockquote: { block: 'blockquote' },
  list_item: { block: 'list_item' },
  bullet_list: { block: 'bullet_list' },
  ordered_list: { block: 'ordered_list', getAttrs: (token) => ({ order: Number(token.attrGet('start') ?? 1) }) },
  code_block: { block: 'code_block', noCloseToken: true },
  fence: { block: 'code_block', noCloseToken: true, getAttrs: (token) => ({ language: /^[^\s`~]{1,60}/.exec(token.info)?.[0] ?? '' }) },
  hr: { node: 'horizontal_rule' },
  hardbreak: { node: 'hard_break' },
  link: { mark: 'link', getAttrs: (token) => ({ href: token.attrGet('href') }) },
  em: { mark: 'em' },
  strong: { mark: 'strong' },
  s: { mark: 'strike' },
  code_inline: { mark: 'code', noCloseToken: true },
})

/**
 * The text that Markdown describes. Plain text is Markdown too: blank lines part its paragraphs. Headings below the third
 * level become third, pictures become their description, HTML stays as characters. Errors: `bad-input` where it is too long.
 */
export function fromMarkdown(text: string): Node {
  if (text.length > documentLimits.characters) throw new StudioError('bad-input', { detail: 'the text is too long' })
  const doc = joinRuns(parser.parse(text.replace(/\r\n?/g, '\n')))
  if (doc.childCount === 0) return emptyDocument()
  if (depthOf(doc) > documentLimits.depth) throw new StudioError('bad-input', { detail: 'the text is nested too deep' })
  return doc
}
