import { Slice, type Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { cleanHtml } from './paste-html.js'

const block = /^(?:#{1,6}\s+\S|\s{0,3}[-*+]\s+\S|\s{0,3}\d{1,9}[.)]\s+\S|>\s?\S|```|\s{0,3}(?:---|\*\*\*|___)\s*$)/m
const inline = /(?:^|\W)(?:\*\*\S[^*\n]*\*\*|__\S[^_\n]*__|`[^`\n]+`|\[[^\]\n]+\]\((?:https?:|mailto:)[^)\s]+\))/

/** Whether plain text is most likely Markdown: it has a heading, list, quotation, code, link or bold words. A lone dash in prose is none. */
export function looksLikeMarkdown(text: string): boolean {
  return block.test(text) || inline.test(text)
}

/**
 * Plain text that looks like Markdown is pasted as what it means; with Shift it stays as it is. What comes as HTML is
 * cleaned by the schema, which knows no scripts, styles or pictures. Links open with Ctrl or Cmd.
 */
export function pastePlugin(fromMarkdown: (markdown: string) => Node, openLink: (href: string) => void): Plugin {
  return new Plugin({
    props: {
      transformPastedHTML: (html) => cleanHtml(html),
      // An empty slice would paste nothing; null, which the types leave out, means "as if this were not here".
      clipboardTextParser: (text, $context, plain) => {
        if (plain || $context.parent.type.spec.code || !looksLikeMarkdown(text)) return null as unknown as Slice
        const { content } = fromMarkdown(text)
        const open = content.childCount === 1 && content.firstChild!.isTextblock ? 1 : 0
        return new Slice(content, open, open)
      },
      handleClick: (view, position, event) => {
        if (!event.ctrlKey && !event.metaKey) return false
        const mark = view.state.doc.resolve(position).marks().find(({ type }) => type.name === 'link')
        if (!mark) return false
        openLink(String(mark.attrs['href']))
        return true
      },
    },
  })
}
