import type { Node } from 'prosemirror-model'
import { AddMarkStep, AttrStep, Mapping, RemoveMarkStep, ReplaceAroundStep, ReplaceStep, Step, type Mappable } from 'prosemirror-transform'
import { StudioError } from '../contract/index.js'
import { depthOf, documentLimits } from './parse.js'
import { schema } from './schema.js'

export interface Range { readonly from: number; readonly to: number }

// A step brings nodes from outside and checks only where they join, so every block that it touched is checked whole.
function checkTouched(doc: Node, mapping: Mapping): void {
  const checked = new Set<Node>()
  for (const { from, to } of changedRanges(mapping)) {
    doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (block) => {
      if (checked.has(block)) return false
      checked.add(block)
      block.check()
      if (depthOf(block) + 1 > documentLimits.depth) throw new RangeError('the text is nested too deep')
      return false
    })
  }
  if (doc.content.size > documentLimits.characters) throw new RangeError('the text is too long')
}

const knownSteps = [ReplaceStep, ReplaceAroundStep, AddMarkStep, RemoveMarkStep, AttrStep]

function applyStep(doc: Node, step: Step): Node {
  if (!knownSteps.some((kind) => step instanceof kind)) throw new RangeError('no editor of this text makes such a step')
  const result = step.apply(doc)
  if (!result.doc) throw new RangeError(result.failed ?? 'the step does not fit')
  // The value of an attribute step is checked nowhere else, and leaves no trace in the mapping.
  if (step instanceof AttrStep) result.doc.nodeAt(step.pos)?.check()
  return result.doc
}

/**
 * Applies editor steps (ProseMirror JSON) in order. `mapping` leads from positions of `doc` to positions of the result.
 * Errors: `bad-input` where a step does not fit or brings what no text may hold; nothing is applied then.
 */
export function applySteps(doc: Node, steps: readonly unknown[]): { doc: Node; mapping: Mapping } {
  const mapping = new Mapping()
  let current = doc
  try {
    for (const json of steps) {
      const step = Step.fromJSON(schema, json)
      current = applyStep(current, step)
      mapping.appendMap(step.getMap())
    }
    checkTouched(current, mapping)
  } catch (error) {
    throw new StudioError('bad-input', { detail: `a step does not fit this text: ${error instanceof Error ? error.message : String(error)}` })
  }
  return { doc: current, mapping }
}

/** A range where a mapping leads it, or null where all that it covered is gone. Words put in at its edges stay outside. */
export function mapRange(range: Range, mapping: Mappable): Range | null {
  if (range.from === range.to) {
    const result = mapping.mapResult(range.from, -1)
    return result.deletedAcross ? null : { from: result.pos, to: result.pos }
  }
  const from = mapping.map(range.from, 1)
  const to = mapping.map(range.to, -1)
  return from < to ? { from, to } : null
}

/** Ranges of the mapping's end document that its steps wrote, sorted and without overlaps. */
export function changedRanges(mapping: Mapping): Range[] {
  const ranges: Range[] = []
  mapping.maps.forEach((map, index) => {
    const rest = mapping.slice(index + 1)
    map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      const from = rest.map(newFrom, -1)
      const to = rest.map(newTo, 1)
      if (to >= from) ranges.push({ from, to })
    })
  })
  ranges.sort((left, right) => left.from - right.from || left.to - right.to)
  const merged: { from: number; to: number }[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else merged.push({ ...range })
  }
  return merged
}

/** Ranges of `doc` that hold words which the steps of `mapping` put in: text only, apart at the edge of each paragraph. */
export function insertedRanges(mapping: Mapping, doc: Node): Range[] {
  const ranges: Range[] = []
  for (const { from, to } of changedRanges(mapping)) {
    if (from === to) continue
    doc.nodesBetween(from, to, (node, position) => {
      if (!node.isTextblock) return true
      const start = Math.max(from, position + 1)
      const end = Math.min(to, position + 1 + node.content.size)
      if (start < end) ranges.push({ from: start, to: end })
      return false
    })
  }
  return ranges
}
