import type { Node } from 'prosemirror-model'
import { createStore, type Store } from '../../state/store.js'

export interface Counts {
  words: number
}

/** After so long without typing the words are counted again, in milliseconds. */
const idle = 250

/** Counts words when nobody types, and only in the blocks that changed: equal blocks are the same objects. */
export class WordCounter {
  readonly counts: Store<Counts | null> = createStore<Counts | null>(null)
  private readonly known = new WeakMap<Node, number>()
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly countWords: (node: Node) => number) {}

  noteChange(doc: Node): void {
    if (this.counts.get() === null) return this.count(doc)
    if (this.timer) clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.count(doc) }, idle)
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer)
  }

  private count(doc: Node): void {
    this.timer = null
    let words = 0
    doc.forEach((block) => {
      let count = this.known.get(block)
      if (count === undefined) {
        count = this.countWords(block.type.schema.topNodeType.create(null, block))
        this.known.set(block, count)
      }
      words += count
    })
    if (this.counts.get()?.words !== words) this.counts.set({ words })
  }
}
