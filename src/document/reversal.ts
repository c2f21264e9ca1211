import type { Node } from 'prosemirror-model'
import { Mapping, Step } from 'prosemirror-transform'
import { changesBetween, stepOf } from './changes.js'
import { wordsBetween } from './plain.js'
import { schema } from './schema.js'

/** Steps (ProseMirror JSON) that take `steps` back, in the order in which they are to be applied to the text after them. */
export function invertSteps(doc: Node, steps: readonly unknown[]): unknown[] {
  const inverted: unknown[] = []
  let current = doc
  for (const json of steps) {
    const step = Step.fromJSON(schema, json)
    const { doc: next } = step.apply(current)
    if (!next) throw new RangeError('the step does not fit')
    inverted.unshift(step.invert(current).toJSON())
    current = next
  }
  return inverted
}

/**
 * The same steps for a text that has changed since: what was written around them stays. Empty where one of them has
 * nothing left to do, since the words that it was about are gone.
 */
export function mapSteps(steps: readonly unknown[], mapping: Mapping): unknown[] {
  const before: Step[] = []
  const after: Step[] = []
  for (const json of steps) {
    const step = Step.fromJSON(schema, json)
    // Each step is made for the text after the one before it: back to before them all, through the change, and on again.
    const through = new Mapping([...before.map((one) => one.getMap().invert()).reverse(), ...mapping.maps, ...after.map((one) => one.getMap())])
    const mapped = step.map(through)
    if (!mapped) return []
    before.push(step)
    after.push(mapped)
  }
  return after.map((one) => one.toJSON() as unknown)
}

/** The words that these steps take out of a text, to tell whether they are still the ones that were put in. */
export function removedWords(doc: Node, steps: readonly unknown[]): string {
  const words: string[] = []
  let current = doc
  for (const json of steps) {
    const step = Step.fromJSON(schema, json)
    const before = current
    step.getMap().forEach((from, to) => { words.push(wordsBetween(before, from, to)) })
    const { doc: next } = step.apply(current)
    if (!next) return ''
    current = next
  }
  return words.join('\n')
}

/** Steps (ProseMirror JSON) that make `to` of `from` and touch no more than they must. */
export function replaceDocument(from: Node, to: Node): unknown[] {
  // From the last change to the first, so that no position has to be mapped.
  return changesBetween(from, to, { compareMarks: true }).reverse().map((change) => stepOf(change).toJSON() as unknown)
}

/** A mapping that leads nowhere else yet; what happens is appended to it. */
export const createMapping = (): Mapping => new Mapping()
