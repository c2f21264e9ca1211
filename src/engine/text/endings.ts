/** Watches the text for words that end an answer, and holds back what may be the beginning of them. */
export interface Endings {
  /** Text that can be shown; nothing after an ending was reached. */
  push(text: string): string
  readonly reached: boolean
  /** What was held back, once nothing more comes. */
  rest(): string
}

export function createEndings(endings: readonly string[]): Endings {
  let held = ''
  let reached = false
  return {
    get reached() {
      return reached
    },
    push(text) {
      if (reached) return ''
      held += text
      const found = endings.map((ending) => held.indexOf(ending)).filter((index) => index >= 0)
      if (found.length > 0) {
        reached = true
        const shown = held.slice(0, Math.min(...found))
        held = ''
        return shown
      }
      const keep = Math.max(0, ...endings.map((ending) => overlap(held, ending)))
      const shown = held.slice(0, held.length - keep)
      held = held.slice(held.length - keep)
      return shown
    },
    rest() {
      const shown = reached ? '' : held
      held = ''
      return shown
    },
  }
}

/** Length of the longest end of `text` that is a beginning of `ending`. */
function overlap(text: string, ending: string): number {
  for (let length = Math.min(text.length, ending.length - 1); length > 0; length--) {
    if (text.endsWith(ending.slice(0, length))) return length
  }
  return 0
}
