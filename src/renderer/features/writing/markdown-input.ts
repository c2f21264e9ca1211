import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import type { MarkType, Node, Schema } from 'prosemirror-model'
import type { Plugin } from 'prosemirror-state'

/** Markdown that becomes what it means while it is typed; Backspace right after it gives the signs back. */
export function markdownInput(schema: Schema): Plugin {
  const { heading, blockquote, bullet_list: bullets, ordered_list: numbers, code_block: code } = schema.nodes
  const { strong, em, code: codeMark, strike } = schema.marks
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, heading!, (match) => ({ level: match[1]!.length })),
      textblockTypeInputRule(/^```$/, code!),
      wrappingInputRule(/^\s*>\s$/, blockquote!),
      wrappingInputRule(/^\s*[-+*]\s$/, bullets!),
      wrappingInputRule(/^(\d{1,9})[.)]\s$/, numbers!, (match) => ({ order: Number(match[1]) }), continues),
      new InputRule(/^(?:---|\*\*\*|___)$/, (state, _match, start, end) => {
        const $start = state.doc.resolve(start)
        if ($start.parent.type !== schema.nodes['paragraph'] || $start.parentOffset !== 0 || $start.depth !== 1) return null
        return state.tr.delete(start, end).insert($start.before(), schema.nodes['horizontal_rule']!.create())
      }),
      markRule(/(?:^|[^*\p{L}\p{N}])(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)$/u, strong!),
      markRule(/(?:^|[^_\p{L}\p{N}])(__([^_\s](?:[^_]*[^_\s])?)__)$/u, strong!),
      markRule(/(?:^|[^*\p{L}\p{N}])(\*([^*\s](?:[^*]*[^*\s])?)\*)$/u, em!),
      markRule(/(?:^|[^_\p{L}\p{N}])(_([^_\s](?:[^_]*[^_\s])?)_)$/u, em!),
      markRule(/(?:^|[^`])(`([^`]+)`)$/, codeMark!),
      markRule(/(?:^|[^~])(~~([^~\s](?:[^~]*[^~\s])?)~~)$/, strike!),
    ],
  })
}

/** Whether a number goes on counting where the list before it ends. */
const continues = (match: RegExpMatchArray, list: Node): boolean => list.childCount + Number(list.attrs['order']) === Number(match[1])

/** `pattern` has two groups: the words with their signs, and the words. The last sign has not been put in when the rule runs. */
function markRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [whole, marked, words] = match as unknown as [string, string, string]
    const from = start + whole.length - marked.length
    const $from = state.doc.resolve(from)
    if (!$from.parent.type.allowsMarkType(type)) return null
    const leading = marked.indexOf(words)
    const tr = state.tr
    const wordsEnd = from + leading + words.length
    if (wordsEnd < end) tr.delete(wordsEnd, end)
    tr.delete(from, from + leading)
    tr.addMark(from, from + words.length, type.create())
    return tr.removeStoredMark(type)
  })
}
