import { Schema, type MarkSpec, type Node, type NodeSpec } from 'prosemirror-model'

/** Number of the schema below. A change that old texts do not fit raises it and adds an upcast in `blocks.ts` [TEXT1]. */
export const schemaVersion = 1

const safeHref = /^(?:https?:\/\/|mailto:)[^\s<>"\\`\p{Cc}\p{Cs}]+$/iu

/** Whether a link may stand in a text: http, https or mailto, without blanks, quotes or angle brackets, at most 2,000 characters. */
export function isSafeHref(href: unknown): href is string {
  return typeof href === 'string' && href.length <= 2000 && safeHref.test(href)
}

function validateHref(href: unknown): void {
  if (!isSafeHref(href)) throw new RangeError('a link must begin with http://, https:// or mailto:')
}

function validateInteger(name: string, least: number, most: number) {
  return (value: unknown) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) throw new RangeError(`${name} must be ${least} to ${most}`)
  }
}

function validateLanguage(value: unknown): void {
  if (typeof value !== 'string' || !/^[^\s`~]{0,60}$/.test(value)) throw new RangeError('language must be one word')
}

/** The value of `start` that a pasted list carries, 1 where it is none that Markdown can say. */
function listStart(element: HTMLElement): number {
  const start = Number(element.getAttribute('start') ?? 1)
  return Number.isInteger(start) && start >= 0 && start <= 999_999_999 ? start : 1
}

const nodes = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  // No hard breaks: Markdown cannot say a heading of two lines.
  heading: {
    content: 'text*', group: 'block', defining: true,
    attrs: { level: { default: 1, validate: validateInteger('level', 1, 3) } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
  bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: {
    content: 'list_item+', group: 'block',
    attrs: { order: { default: 1, validate: validateInteger('order', 0, 999_999_999) } },
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ order: listStart(element) }) }],
    toDOM: (node) => (node.attrs.order === 1 ? ['ol', 0] : ['ol', { start: node.attrs.order }, 0]),
  },
  list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  code_block: {
    content: 'text*', marks: '', group: 'block', code: true, defining: true,
    attrs: { language: { default: '', validate: validateLanguage } },
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', ['code', 0]],
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  text: { group: 'inline' },
  hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'], leafText: () => '\n' },
} satisfies Record<string, NodeSpec>

// The order is the nesting in Markdown and HTML; code is innermost because nothing is escaped inside it.
const marks = {
  link: {
    attrs: { href: { validate: validateHref } },
    inclusive: false,
    parseDOM: [{ tag: 'a[href]', getAttrs: (element) => { const href = element.getAttribute('href'); return isSafeHref(href) ? { href } : false } }],
    toDOM: (mark) => ['a', { href: mark.attrs.href, rel: 'noopener noreferrer nofollow' }, 0],
  },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
  strong: {
    parseDOM: [
      { tag: 'strong' },
      // Some word processors wrap whole pastes in <b style="font-weight: normal">.
      { tag: 'b', getAttrs: (element) => (element.style.fontWeight === 'normal' ? false : null) },
      { style: 'font-weight', getAttrs: (value) => (/^(?:bold(?:er)?|[5-9]\d{2})$/.test(value) ? null : false) },
    ],
    toDOM: () => ['strong', 0],
  },
  strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }, { style: 'text-decoration=line-through' }], toDOM: () => ['s', 0] },
  code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
} satisfies Record<string, MarkSpec>

/** What a text may consist of. */
export const schema = new Schema({ nodes: nodes as Record<keyof typeof nodes, NodeSpec>, marks: marks as Record<keyof typeof marks, MarkSpec> })

/** A text without words: one empty paragraph. */
export function emptyDocument(): Node {
  return schema.node('doc', null, [schema.node('paragraph')])
}

/** Whether a node is a paragraph that holds nothing. */
export function isEmptyParagraph(node: Node | null | undefined): boolean {
  return !!node && node.type === schema.nodes.paragraph && node.content.size === 0
}
