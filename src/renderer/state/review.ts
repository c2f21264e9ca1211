import { remember } from './layout.js'
import { createStore } from './store.js'

/** A comment that is being written: on the selected words of an open text, on a region of a picture, or on the whole item. */
export interface Composing {
  readonly item: string
  readonly on:
    | { readonly type: 'words'; readonly quote: string }
    | { readonly type: 'region'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly content: string }
    | { readonly type: 'whole' }
}

export const composing = createStore<Composing | null>(null)

/** The comment thread that a person is at. `from`: where they chose it, so that the other place goes there. */
export const currentThread = createStore<{ readonly thread: string; readonly from: 'text' | 'list' } | null>(null)

/** The thread that the pointer rests on, in whichever place it is shown. */
export const pointedThread = createStore<string | null>(null)

/** Brings the inspector's *Review* to the front. */
export function showReview(): void {
  remember('pane.inspector.shown', true)
  remember('inspector.tab', 'review')
}

/** Opens the field for a comment in the inspector. */
export function startComment(comment: Composing): void {
  showReview()
  composing.set(comment)
}
