import { MarkdownSerializer, type MarkdownSerializerState } from 'prosemirror-markdown'
import type { Mark, Node } from 'prosemirror-model'
import { schema } from './schema.js'

// Two lists of one kind side by side would be read as one, so every second one takes the other sign.
function isSecondOfKind(parent: Node, index: number): boolean {
  let second = false
  for (let before = index - 1; before >= 0 && parent.child(before).type === parent.child(index).type; before--) second = !second
  return second
}

function longestRun(text: string, character: string): number {
  let longest = 0
  for (const run of text.match(new RegExp(`${character}+`, 'g')) ?? []) longest = Math.max(longest, run.length)
  return longest
}

function codeSign(node: Node, opens: boolean): string {
  const text = node.text ?? ''
  const ticks = '`'.repeat(longestRun(text, '`') + 1)
  const pad = /^`|`$|^ .*[^ ].* $|^ [^ ] $/s.test(text) ? ' ' : ''
  return opens ? ticks + pad : pad + ticks
}

// What the library's own escaping misses: references, autolinks, and signs that count only at the start of a line.
function escapeWords(state: MarkdownSerializerState, text: string, startOfLine: boolean): string {
  let out = state.esc(text, startOfLine).replace(/&(?=#?\w+;)/g, '\\&').replace(/<(?=[A-Za-z])/g, '\\<')
  if (startOfLine) out = out.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2').replace(/^([+=])/, '\\$1')
  return out
}

const serializer = new MarkdownSerializer({
  paragraph(state, node) {
    state.renderInline(node)
    state.closeBlock(node)
  },
  heading(state, node) {
    state.write(`${'#'.repeat(node.attrs.level as number)} `)
    state.renderInline(node, false)
    state.closeBlock(node)
  },
  blockquote(state, node) {
    state.wrapBlock('> ', null, node, () => state.renderContent(node))
  },
  bullet_list(state, node, parent, index) {
    const sign = isSecondOfKind(parent, index) ? '*' : '-'
    state.renderList(node, '  ', () => `${sign} `)
  },
  ordered_list(state, node, parent, index) {
    const sign = isSecondOfKind(parent, index) ? ')' : '.'
    const start = node.attrs.order as number
    // Only a list that counts from 1 may follow a paragraph without a blank line; writing nothing ends the block with one.
    if (start !== 1) state.write()
    const width = String(start + node.childCount - 1).length + 2
    state.renderList(node, ' '.repeat(width), (item) => `${start + item}${sign}`.padEnd(width))
  },
  list_item(state, node) {
    state.renderContent(node)
  },
  code_block(state, node) {
    const fence = '`'.repeat(Math.max(3, longestRun(node.textContent, '`') + 1))
    state.write(`${fence}${node.attrs.language as string}\n`)
    state.text(node.textContent, false)
    state.write('\n')
    state.write(fence)
    state.closeBlock(node)
  },
  horizontal_rule(state, node, parent, index) {
    // After a list whose sign is the hyphen, `---` is still a rule, but under a paragraph without a blank line it would be a heading.
    state.write(index > 0 && parent.child(index - 1).type === schema.nodes.bullet_list ? '***' : '---')
    state.closeBlock(node)
  },
  hard_break(state, node, parent, index) {
    // Markdown drops breaks at the end of a paragraph.
    for (let next = index + 1; next < parent.childCount; next++) {
      if (parent.child(next).type !== node.type) return state.write('\\\n')
    }
  },
  text(state, node, parent, index) {
    const startOfLine = index === 0 ? parent.type === schema.nodes.paragraph : parent.child(index - 1).type === schema.nodes.hard_break
    const lines = node.text!.split('\n').map((line, number) => escapeWords(state, line, number > 0 || startOfLine))
    // Number signs at the end of a heading would be read as its closing sequence.
    if (parent.type === schema.nodes.heading && index === parent.childCount - 1) lines.push(lines.pop()!.replace(/(^|\s)(#+)$/, '$1\\$2'))
    state.text(lines.join('\n'), false)
  },
}, {
  link: {
    mixable: true,
    open: '[',
    close: (_state, mark: Mark) => `](${(mark.attrs.href as string).replace(/[()*_[\]]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&')})`,
  },
  em: { open: '*', close: '*', mixable: true, expelEnclosingWhitespace: true },
  strong: { open: '**', close: '**', mixable: true, expelEnclosingWhitespace: true },
  strike: { open: '~~', close: '~~', mixable: true, expelEnclosingWhitespace: true },
  code: {
    open: (_state, _mark, parent, index) => codeSign(parent.child(index), true),
    close: (_state, _mark, parent, index) => codeSign(parent.child(index - 1), false),
    escape: false,
  },
})

/**
 * The text as Markdown (CommonMark with ~~strike~~). What Markdown has no sign for is lost: empty paragraphs, blanks at the
 * edges of a paragraph, breaks at its end, emphasis that begins or ends inside a word next to punctuation.
 */
export function toMarkdown(doc: Node): string {
  return serializer.serialize(doc, { tightLists: true })
}
