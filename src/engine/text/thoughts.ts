const opening = '<think>'
const closing = '</think>'

/**
 * Keeps the thinking of models that think aloud apart from their text: an answer that begins with a thought shows
 * nothing of it. The same words later in an answer are text.
 */
export interface Thoughts {
  push(text: string): string
  /** What was held back, once nothing more comes. A thought that never ended stays hidden. */
  rest(): string
}

export function createThoughts(): Thoughts {
  let state: 'beginning' | 'thinking' | 'after' | 'writing' = 'beginning'
  let held = ''

  /** Goes through the states as far as the text that is there allows. */
  const advance = () => {
    if (state === 'beginning') {
      const start = held.trimStart()
      if (start.startsWith(opening)) state = 'thinking'
      else if (!opening.startsWith(start)) state = 'writing'
    }
    if (state === 'thinking') {
      const end = held.indexOf(closing)
      // The end of what is held may be a part of the closing word; all before it is not needed any more.
      if (end < 0) held = opening + held.slice(Math.max(opening.length, held.length - closing.length))
      else {
        held = held.slice(end + closing.length)
        state = 'after'
      }
    }
    if (state === 'after') {
      held = held.trimStart()
      if (held !== '') state = 'writing'
    }
  }

  return {
    push(text) {
      if (state === 'writing') return text
      held += text
      advance()
      return (state as string) === 'writing' ? release() : ''
    },
    rest: () => (state === 'beginning' ? release() : ''),
  }

  function release(): string {
    const shown = held
    held = ''
    state = 'writing'
    return shown
  }
}
