/** Where the styles of pasted elements are kept: as `style` the page's policy would refuse each of them, and say so in the log. */
const styled = 'data-pasted'

/**
 * HTML of the clipboard as tags that the schema knows: lists that a word processor writes as paragraphs with a bullet or number before them
 * become lists, words that are bold or slanted by style alone keep that, and a row of a table stays one line.
 */
export function cleanHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${styled}=`)), 'text/html')
  for (const element of body.querySelectorAll('script, style')) element.remove()
  for (const element of [...body.querySelectorAll<HTMLElement>(`[${styled}]`)]) markByStyle(element)
  for (const row of [...body.querySelectorAll('tr')]) joinCells(row)
  for (const parent of new Set([...body.querySelectorAll('p')].filter((line) => levelOf(line) !== null).map((line) => line.parentElement!))) makeLists(parent)
  return body.innerHTML
}

const styleOf = (element: Element): string => element.getAttribute(styled) ?? ''

function markByStyle(element: HTMLElement): void {
  const style = styleOf(element)
  if (element.localName === 'b' && /font-weight:\s*(?:normal|[1-4]\d\d)/i.test(style)) {
    element.replaceWith(...element.childNodes)
    return
  }
  if (element.localName !== 'span') return
  if (/font-weight:\s*(?:bold|[6-9]\d\d)/i.test(style) && !element.closest('h1, h2, h3, h4, h5, h6')) wrap(element, 'strong')
  if (/font-style:\s*italic/i.test(style)) wrap(element, 'em')
  if (/text-decoration[a-z-]*:[^;]*line-through/i.test(style)) wrap(element, 's')
}

function wrap(element: HTMLElement, tag: string): void {
  const around = element.ownerDocument.createElement(tag)
  around.append(...element.childNodes)
  element.append(around)
}

function joinCells(row: HTMLTableRowElement): void {
  const line = row.ownerDocument.createElement('p')
  for (const cell of row.cells) {
    if (line.hasChildNodes()) line.append(' | ')
    const blocks = [...cell.querySelectorAll('p, div, li, h1, h2, h3, h4, h5, h6')]
    for (const block of blocks) block.replaceWith(...(block.nextElementSibling ? [...block.childNodes, ' '] : block.childNodes))
    line.append(...cell.childNodes)
  }
  const cell = row.ownerDocument.createElement('td')
  cell.append(line)
  row.replaceChildren(cell)
}

/** How deep a paragraph lies in a list of the word processor, from 1; null where it is in none. */
function levelOf(line: Element | null): number | null {
  const level = line?.localName === 'p' ? /mso-list:\s*l\d+\s+level(\d)/i.exec(styleOf(line)) : null
  return level ? Number(level[1]) : null
}

function makeLists(parent: Element): void {
  let lists: HTMLElement[] = []
  for (const line of [...parent.children]) {
    const level = levelOf(line)
    if (level === null) {
      lists = []
      continue
    }
    const kind = takeMarker(line)
    lists = lists.slice(0, level)
    if (lists.at(-1)?.localName !== kind && lists.length === level) lists.pop()
    while (lists.length < level) {
      const list = parent.ownerDocument.createElement(kind)
      const item = lists.at(-1)?.lastElementChild
      // A list that begins deeper than its first level has nothing to hang on; it is taken one level up.
      if (lists.length > 0 && item) item.append(list)
      else line.before(list)
      lists.push(list)
      if (!item) break
    }
    const item = parent.ownerDocument.createElement('li')
    lists.at(-1)!.append(item)
    item.append(line)
  }
}

/** Takes the written bullet or number away and says which list it stands for. */
function takeMarker(line: Element): 'ul' | 'ol' {
  const marker = [...line.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)))
  const words = marker?.textContent?.trim() ?? ''
  marker?.remove()
  return /^\(?(?:\d+|[a-z]+)[.)]/i.test(words) ? 'ol' : 'ul'
}
