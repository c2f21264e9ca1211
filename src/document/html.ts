import type { Mark, Node } from 'prosemirror-model'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand between HTML tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}

const blockTags: Record<string, string> = { paragraph: 'p', blockquote: 'blockquote', bullet_list: 'ul', list_item: 'li' }
const markTags: Record<string, string> = { em: 'em', strong: 'strong', strike: 's', code: 'code' }

function openMark(mark: Mark): string {
  return mark.type.name === 'link' ? `<a href="${escapeHtml(mark.attrs.href as string)}">` : `<${markTags[mark.type.name]}>`
}

function closeMark(mark: Mark): string {
  return mark.type.name === 'link' ? '</a>' : `</${markTags[mark.type.name]}>`
}

function inlineHtml(parent: Node): string {
  let out = ''
  let active: readonly Mark[] = []
  const change = (marks: readonly Mark[]) => {
    let kept = 0
    while (kept < active.length && kept < marks.length && active[kept]!.eq(marks[kept]!)) kept++
    for (let index = active.length - 1; index >= kept; index--) out += closeMark(active[index]!)
    for (let index = kept; index < marks.length; index++) out += openMark(marks[index]!)
    active = marks
  }
  parent.forEach((node) => {
    change(node.marks)
    out += node.isText ? escapeHtml(node.text!) : '<br>'
  })
  change([])
  return out
}

function blockHtml(node: Node): string {
  switch (node.type.name) {
    case 'horizontal_rule': return '<hr>\n'
    case 'heading': return `<h${node.attrs.level}>${inlineHtml(node)}</h${node.attrs.level}>\n`
    // A line break right after <pre> is dropped by HTML readers, hence the <code> before it.
    case 'code_block': return `<pre><code>${escapeHtml(node.textContent)}</code></pre>\n`
    case 'ordered_list': return `<ol${node.attrs.order === 1 ? '' : ` start="${node.attrs.order}"`}>\n${blocksHtml(node)}</ol>\n`
    case 'paragraph': return `<p>${inlineHtml(node)}</p>\n`
    default: {
      const tag = blockTags[node.type.name]!
      return `<${tag}>\n${blocksHtml(node)}</${tag}>\n`
    }
  }
}

function blocksHtml(parent: Node): string {
  let out = ''
  parent.forEach((child) => { out += blockHtml(child) })
  return out
}

/** The text as HTML, escaped, without a frame around it. Only tags of the schema occur, and only links that `isSafeHref` lets through. */
export function toHtml(doc: Node): string {
  return blocksHtml(doc)
}
