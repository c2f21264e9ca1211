import { diffArrays } from 'diff'
import type { Node } from 'prosemirror-model'

/** A word, a run of blanks, a sign or a hard break, by offset in its textblock; every inline position is one UTF-16 unit wide. */
export interface WordToken { readonly from: number; readonly to: number; readonly key: string; readonly isWord: boolean }

/** Where two token lists differ, in offsets of the old and the new textblock. */
export interface WordChange { readonly from: number; readonly to: number; readonly newFrom: number; readonly newTo: number }

// In this order: a character of a script without blanks, a word, blanks, a flag, a pictograph however long, any other sign.
const tokenPattern = new RegExp([
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]\p{M}*/u,
  /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/u,
  /\s+/u,
  /\p{Regional_Indicator}{2}/u,
  /\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*(?:\u{200D}\p{Extended_Pictographic}[\u{FE0F}\p{EMod}]*)*/u,
  /.\p{M}*/u,
].map((pattern) => pattern.source).join('|'), 'gsu')
const sentencePattern = /[^.!?…。！？\n]*[.!?…。！？\n]+["'”’)\]]*\s*|[^.!?…。！？\n]+/gu

/** More differing tokens than this, and the words are compared by sentence, then not at all: the search grows with their square. */
const mostDifferences = 3000

function tokensOf(block: Node, pattern: RegExp, compareMarks: boolean): WordToken[] {
  const tokens: WordToken[] = []
  const add = (text: string, offset: number, marks: string) => {
    for (const match of text.matchAll(pattern)) {
      const from = offset + match.index
      tokens.push({ from, to: from + match[0].length, key: marks + match[0], isWord: /[\p{L}\p{N}]/u.test(match[0]) })
    }
  }
  let run = ''
  let runFrom = 0
  block.forEach((node, offset) => {
    if (node.isText && !compareMarks) {
      if (!run) runFrom = offset
      run += node.text!
      return
    }
    if (run) add(run, runFrom, '')
    run = ''
    if (node.isText) add(node.text!, offset, node.marks.length ? `${JSON.stringify(node.marks)}\u0000` : '')
    else {
      const key = `\u0001${node.type.name}${compareMarks ? JSON.stringify(node.marks) : ''}`
      tokens.push({ from: offset, to: offset + node.nodeSize, key, isWord: false })
    }
  })
  if (run) add(run, runFrom, '')
  return tokens
}

/** The tokens of a textblock. With `compareMarks`, equal words under different marks are different. */
export function wordTokens(block: Node, compareMarks: boolean): WordToken[] {
  return tokensOf(block, tokenPattern, compareMarks)
}

// Fewer unchanged words than this between two changes, and they are read as one.
const leastWordsBetween = 2

function isOneChange(between: readonly WordToken[]): boolean {
  let words = 0
  for (const token of between) if (token.isWord && ++words >= leastWordsBetween) return false
  return true
}

/** How the tokens of one list become those of another: runs of equal tokens, or of removed and added ones; null where they differ too much. */
function runsOf(old: readonly WordToken[], fresh: readonly WordToken[]): { same: boolean; removed: number; added: number }[] | null {
  const differences = diffArrays(old.map((token) => token.key), fresh.map((token) => token.key), { maxEditLength: mostDifferences })
  if (!differences) return null
  const runs: { same: boolean; removed: number; added: number }[] = []
  for (const part of differences) {
    const same = !part.added && !part.removed
    let run = runs.at(-1)
    if (!run || run.same !== same) runs.push(run = { same, removed: 0, added: 0 })
    if (!part.added) run.removed += part.value.length
    if (!part.removed) run.added += part.value.length
  }
  return runs
}

/**
 * The changes that lead from the words of one textblock to those of another, sorted, apart by at least two unchanged words
 * unless `joined` is false. Together with what they leave alone they make exactly the new words.
 */
export function wordChanges(old: Node, fresh: Node, compareMarks: boolean, joined = true): WordChange[] {
  let oldTokens = wordTokens(old, compareMarks)
  let newTokens = wordTokens(fresh, compareMarks)
  let runs = runsOf(oldTokens, newTokens)
  if (!runs) {
    oldTokens = tokensOf(old, sentencePattern, compareMarks)
    newTokens = tokensOf(fresh, sentencePattern, compareMarks)
    runs = runsOf(oldTokens, newTokens)
  }
  if (!runs) return [{ from: 0, to: old.content.size, newFrom: 0, newTo: fresh.content.size }]
  const changes: { from: number; to: number; newFrom: number; newTo: number; lastOld: number }[] = []
  let oldIndex = 0
  let newIndex = 0
  const oldAt = (index: number) => oldTokens[index]?.from ?? old.content.size
  const newAt = (index: number) => newTokens[index]?.from ?? fresh.content.size
  for (const run of runs) {
    const [oldNext, newNext] = [oldIndex + run.removed, newIndex + run.added]
    if (!run.same) {
      const last = changes.at(-1)
      if (last && joined && isOneChange(oldTokens.slice(last.lastOld, oldIndex))) {
        Object.assign(last, { to: oldAt(oldNext), newTo: newAt(newNext), lastOld: oldNext })
      } else {
        changes.push({ from: oldAt(oldIndex), to: oldAt(oldNext), newFrom: newAt(newIndex), newTo: newAt(newNext), lastOld: oldNext })
      }
    }
    oldIndex = oldNext
    newIndex = newNext
  }
  return changes.map(({ from, to, newFrom, newTo }) => ({ from, to, newFrom, newTo }))
}

/** The one change that leads from one textblock to another, without the words that both begin and end with. None where they are equal. */
export function edgeChange(old: Node, fresh: Node, compareMarks: boolean): WordChange[] {
  const oldTokens = wordTokens(old, compareMarks)
  const newTokens = wordTokens(fresh, compareMarks)
  const shortest = Math.min(oldTokens.length, newTokens.length)
  let start = 0
  while (start < shortest && oldTokens[start]!.key === newTokens[start]!.key) start++
  if (start === oldTokens.length && start === newTokens.length) return []
  let tail = 0
  while (tail < shortest - start && oldTokens[oldTokens.length - 1 - tail]!.key === newTokens[newTokens.length - 1 - tail]!.key) tail++
  const startOf = (tokens: readonly WordToken[]) => tokens[start - 1]?.to ?? 0
  const endOf = (tokens: readonly WordToken[], block: Node) => tokens[tokens.length - tail]?.from ?? block.content.size
  return [{ from: startOf(oldTokens), to: endOf(oldTokens, old), newFrom: startOf(newTokens), newTo: endOf(newTokens, fresh) }]
}

/** How alike two blocks are by their words: 0 nothing in common, 1 the same words (in any order). */
export function likeness(old: Node, fresh: Node): number {
  const textOf = (node: Node) => node.textBetween(0, node.content.size, ' ', ' ').toLowerCase()
  const counts = new Map<string, number>()
  let oldWords = 0
  let newWords = 0
  let common = 0
  for (const [word] of textOf(old).matchAll(/[\p{L}\p{N}]+/gu)) {
    oldWords++
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  for (const [word] of textOf(fresh).matchAll(/[\p{L}\p{N}]+/gu)) {
    newWords++
    const left = counts.get(word) ?? 0
    if (left > 0) {
      common++
      counts.set(word, left - 1)
    }
  }
  return oldWords + newWords === 0 ? 0 : (2 * common) / (oldWords + newWords)
}
