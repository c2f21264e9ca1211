import type { ItemSummary } from '../../../contract/index.js'
import { focusText } from '../writing/index.js'

/** Takes a person who has just named a new item to where the work begins: the words of a text, what a picture should show. */
export function beginWork({ id, kind }: Pick<ItemSummary, 'id' | 'kind'>): void {
  // After the name's field has given the focus back to its row, which it does in the next frame.
  setTimeout(() => {
    if (kind === 'text') focusText(id)
    if (kind === 'image') document.querySelector<HTMLElement>('.prompt-field textarea')?.focus()
  }, 50)
}

/** Takes a person who has just named a new folder to its row, so that the next new item comes into it. */
export function beginIn(folder: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(`.desk-list [data-key="${CSS.escape(folder)}"]`)?.focus(), 50)
}
