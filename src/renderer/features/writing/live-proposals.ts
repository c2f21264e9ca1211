import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

/** The words of a text job that have come so far, as an element that stands in the text without being part of it. */
export interface LiveBlock {
  job: string
  element: HTMLElement
}

type Meta = { show: LiveBlock; at: number } | { hide: string }

const key = new PluginKey<DecorationSet>('live-proposals')

/** Shows what models are writing right now, as blocks between the paragraphs. New words go into the element, without a transaction. */
export function liveProposalsPlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const mapped = tr.docChanged ? set.map(tr.mapping, tr.doc) : set
        const meta = tr.getMeta(key) as Meta | undefined
        if (!meta) return mapped
        const job = 'show' in meta ? meta.show.job : meta.hide
        const others = mapped.remove(mapped.find(undefined, undefined, (spec: { job?: string }) => spec.job === job))
        if ('hide' in meta) return others
        const { element } = meta.show
        const at = Math.min(meta.at, tr.doc.content.size)
        return others.add(tr.doc, [Decoration.widget(at, element, { job, key: job, side: 1, ignoreSelection: true, stopEvent: () => true })])
      },
    },
    props: { decorations: (state) => key.getState(state) },
  })
}

export const showLive = (tr: Transaction, block: LiveBlock, at: number): Transaction => tr.setMeta(key, { show: block, at } satisfies Meta)
export const hideLive = (tr: Transaction, job: string): Transaction => tr.setMeta(key, { hide: job } satisfies Meta)

/** After the top-level block that holds a position: where a live block may stand. */
export function afterBlockAt(state: EditorState, position: number | null): number {
  const { doc } = state
  if (position === null || position >= doc.content.size) return doc.content.size
  const $at = doc.resolve(Math.max(0, position))
  return $at.depth === 0 ? $at.pos : $at.after(1)
}
