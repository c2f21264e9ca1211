/** Core puts what it found between these; nothing that people write holds them by chance. */
const from = '\u2068'
const to = '\u2069'

/** Parts of a found passage, matched and not. */
export function snippetParts(snippet: string): readonly { readonly text: string; readonly isMatch: boolean }[] {
  const [before = '', ...rest] = snippet.split(from)
  const parts = rest.flatMap((part) => {
    const [found = '', after = ''] = part.split(to)
    return [{ text: found, isMatch: true }, { text: after, isMatch: false }]
  })
  return [{ text: before, isMatch: false }, ...parts].filter(({ text }) => text !== '')
}

/** How much is left of the words before the first match: a row is one line, and what was sought has to be in it. */
const lead = 28

/** A passage that begins shortly before what was found, so that a row that cuts its end still shows it. */
export function shortenLead(snippet: string): string {
  const at = snippet.indexOf(from)
  if (at <= lead) return snippet
  const space = snippet.indexOf(' ', at - lead)
  const begin = space === -1 || space >= at ? at - lead : space + 1
  return `…${snippet.slice(begin)}`
}
