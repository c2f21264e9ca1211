import { Fragment, Slice, type Node } from 'prosemirror-model'
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state'
import { ReplaceStep, type Mappable, type Step } from 'prosemirror-transform'
import type { DraftStep } from '../../../contract/index.js'

export type StepOrigin = DraftStep['origin']

/** A step of this editor that core has not acknowledged yet. */
export interface Unconfirmed {
  step: Step
  inverted: Step
  origin: StepOrigin
}

const key = new PluginKey<readonly Unconfirmed[]>('unconfirmed')
const originMeta = 'galley-origin'

/** Marks where the new words of a transaction came from; without a mark they were typed. */
export const markOrigin = (tr: Transaction, origin: StepOrigin): Transaction => tr.setMeta(originMeta, origin)

function originOf(tr: Transaction): StepOrigin {
  const marked = tr.getMeta(originMeta) as StepOrigin | undefined
  if (marked) return marked
  return tr.getMeta('paste') || tr.getMeta('uiEvent') === 'drop' ? 'pasted' : 'typed'
}

/** Keeps the steps that core does not have yet, in the order in which they were made. */
export function unconfirmedPlugin(): Plugin<readonly Unconfirmed[]> {
  return new Plugin<readonly Unconfirmed[]>({
    key,
    state: {
      init: () => [],
      apply(tr, list) {
        const replaced = tr.getMeta(key) as readonly Unconfirmed[] | undefined
        if (replaced) return replaced
        if (!tr.docChanged) return list
        const origin = originOf(tr)
        return [...list, ...tr.steps.map((step, index) => ({ step, inverted: step.invert(tr.docs[index]!), origin }))]
      },
    },
    // prosemirror-history merges neighbouring steps unless told that somebody may rebase them.
    historyPreserveItems: true,
  })
}

export const unconfirmedSteps = (state: EditorState): readonly Unconfirmed[] => key.getState(state) ?? []

/** Replaces the whole list: for steps that core cannot apply and that are sent in another form. */
export const replaceUnconfirmed = (tr: Transaction, list: readonly Unconfirmed[]): Transaction => tr.setMeta(key, list)

/**
 * A transaction in which core has the first `confirmed` own steps and `remote` follows them. What is still
 * unconfirmed is taken back, the remote steps are applied, and it is put on top of them again.
 */
export function receive(state: EditorState, remote: readonly Step[], confirmed: number): { tr: Transaction; rest: readonly Unconfirmed[] } {
  const waiting = unconfirmedSteps(state).slice(confirmed)
  const tr = state.tr.setMeta('addToHistory', false)
  if (remote.length === 0) return { tr: tr.setMeta(key, waiting), rest: waiting }
  for (let index = waiting.length - 1; index >= 0; index--) tr.step(waiting[index]!.inverted)
  for (const step of remote) tr.step(step)
  const rest: Unconfirmed[] = []
  let mapFrom = waiting.length
  for (const { step, origin } of waiting) {
    const mapping = tr.mapping.slice(mapFrom)
    mapFrom--
    const before = tr.steps.length
    if (!applyMapped(tr, step, mapping)) rescue(tr, step, mapping)
    for (let index = before; index < tr.steps.length; index++) {
      if (index === before) mirror(tr, mapFrom, index)
      rest.push({ step: tr.steps[index]!, inverted: tr.steps[index]!.invert(tr.docs[index]!), origin })
    }
  }
  // `rebased` tells prosemirror-history which of its own steps have just been put on another ground.
  return { tr: tr.setMeta('rebased', waiting.length).setMeta(key, rest), rest }
}

/** The step at `redone` is the one that `undone` took back. Without it, positions inside the words would be lost; missing in the library's types. */
function mirror(tr: Transaction, undone: number, redone: number): void {
  (tr.mapping as unknown as { setMirror(one: number, other: number): void }).setMirror(undone, redone)
}

function applyMapped(tr: Transaction, step: Step, mapping: Mappable): boolean {
  let mapped = step.map(mapping)
  if (!mapped) return false
  // Mapping the two ends of a plain insertion separately can open a gap, and the insertion would then remove what is in it.
  if (step instanceof ReplaceStep && step.from === step.to && mapped instanceof ReplaceStep && mapped.from !== mapped.to) {
    mapped = new ReplaceStep(mapped.to, mapped.to, mapped.slice)
  }
  return !tr.maybeStep(mapped).failed
}

/** The words around a step are gone; the words that it put there are a person's and stay, where the others were. */
function rescue(tr: Transaction, step: Step, mapping: Mappable): void {
  if (!(step instanceof ReplaceStep) || step.slice.size === 0) return
  const at = mapping.map(step.from, 1)
  if (!tr.maybeStep(new ReplaceStep(at, at, step.slice)).failed) return
  const words = step.slice.content.textBetween(0, step.slice.content.size, ' ', ' ')
  if (words.trim() === '') return
  if (tr.doc.resolve(at).parent.inlineContent) tr.maybeStep(new ReplaceStep(at, at, new Slice(Fragment.from(tr.doc.type.schema.text(words)), 0, 0)))
  else tr.replaceRange(at, at, new Slice(Fragment.from(paragraphOf(tr.doc, words)), 0, 0))
}

function paragraphOf(doc: Node, words: string): Node {
  const { schema } = doc.type
  return schema.nodes['paragraph']!.create(null, schema.text(words))
}
