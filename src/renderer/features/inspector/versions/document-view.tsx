import { createElement, Fragment, type ReactNode } from 'react'
import { t } from '../../../messages/t.js'

interface PlainNode {
  readonly type?: unknown
  readonly text?: unknown
  readonly attrs?: Readonly<Record<string, unknown>> | null
  readonly content?: unknown
  readonly marks?: unknown
}

const blocks: Readonly<Record<string, string>> = {
  paragraph: 'p', blockquote: 'blockquote', bullet_list: 'ul', ordered_list: 'ol', list_item: 'li', code_block: 'pre',
}
const marks: Readonly<Record<string, string>> = { em: 'em', strong: 'strong', code: 'code' }

const list = (value: unknown): readonly PlainNode[] => (Array.isArray(value) ? (value as PlainNode[]) : [])

/** A text version to read. It is drawn from the document's JSON; nothing in it becomes markup, and links lead nowhere. */
export function DocumentView({ doc }: { readonly doc: unknown }) {
  const nodes = list((doc as PlainNode | null)?.content)
  if (nodes.length === 0) return <p className="faint">{t('versions.empty-text')}</p>
  return <article className="manuscript preview-text">{nodes.map((node, index) => <Fragment key={index}>{draw(node)}</Fragment>)}</article>
}

function draw(node: PlainNode): ReactNode {
  if (typeof node.text === 'string') {
    return list(node.marks).reduce<ReactNode>((inner, mark) => {
      const tag = marks[String(mark.type)]
      return tag ? createElement(tag, null, inner) : inner
    }, node.text)
  }
  const inside = list(node.content).map((child, index) => <Fragment key={index}>{draw(child)}</Fragment>)
  switch (node.type) {
    case 'heading': return createElement(Number(node.attrs?.['level'] ?? 1) === 1 ? 'h1' : 'h2', null, inside)
    case 'hard_break': return <br />
    case 'horizontal_rule': return <hr />
    default: return createElement(blocks[String(node.type)] ?? 'div', null, inside)
  }
}
