import type { EditorState } from 'prosemirror-state'
import { useCallback, useSyncExternalStore } from 'react'

/** The selected words of an open text, in positions of its editor. They hold for core's draft only after a flush, which `askForProposal` does. */
export interface TextSelection {
  from: number
  to: number
  /** The selected words, empty where nothing is selected. */
  text: string
}

/** What is shown of a long selection. */
const longest = 2000

const selections = new Map<string, TextSelection>()
const listeners = new Set<() => void>()

/** Remembers where a text is selected; null when it is closed. */
export function noteSelection(item: string, state: EditorState | null): void {
  const before = selections.get(item)
  if (!state) {
    if (!selections.delete(item)) return
  } else {
    const { from, to } = state.selection
    const text = from === to ? '' : state.doc.textBetween(from, Math.min(to, from + longest), '\n', '\n')
    if (before && before.from === from && before.to === to && before.text === text) return
    selections.set(item, { from, to, text })
  }
  for (const listener of [...listeners]) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const textSelection = (item: string): TextSelection | null => selections.get(item) ?? null

/** The selection of an open text, or null where it is not open. Changes with the cursor, at most once a frame. */
export function useTextSelection(item: string | null): TextSelection | null {
  const read = useCallback(() => (item === null ? null : textSelection(item)), [item])
  return useSyncExternalStore(subscribe, read)
}

/** Whether words are selected, for places that need no more and should not follow every move of the cursor. */
export function useHasSelection(item: string | null): boolean {
  const read = useCallback(() => item !== null && (selections.get(item)?.text ?? '') !== '', [item])
  return useSyncExternalStore(subscribe, read)
}

/** Where *Continue* puts its words: at the cursor; null (the end of the text) where the text is not open. */
export const insertPosition = (item: string): number | null => selections.get(item)?.to ?? null
