import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import type { DraftView } from '../../../contract/index.js'
import { differenceSize, differenceSteps } from './document-difference.js'
import { replaceUnconfirmed, unconfirmedSteps, type Unconfirmed } from './rebasing.js'

/** What a session knew when it lost sight of core. */
export interface Known {
  /** Core's document at `number`. */
  confirmed: Node
  number: number
  mine: readonly Unconfirmed[]
  /** How many of `mine` were sent at most without an answer. */
  unresolved: number
}

/**
 * How many of the own unacknowledged steps are in core's draft although no answer said so. Core tells it by `appended`;
 * without that the explanation is taken that leaves the least to others.
 */
export function acknowledgedByCore(view: DraftView, target: Node, known: Known): number {
  const most = Math.min(known.unresolved, known.mine.length, Math.max(0, view.number - known.number))
  if (most === 0) return 0
  if (view.appended !== undefined) return Math.max(0, Math.min(view.appended - known.number, most))
  let best = { count: 0, size: Infinity }
  let doc = known.confirmed
  for (let count = 0; count <= most; count++) {
    if (count > 0) doc = known.mine[count - 1]!.step.apply(doc).doc ?? doc
    const size = differenceSize(doc, target)
    if (size < best.size || (size === best.size && size === 0)) best = { count, size }
  }
  return best.count
}

/** Makes one change of all that core does not have: for steps that core refuses, so that a fault in one step never holds back the words. */
export function joinedAsOne(state: EditorState, confirmed: Node): EditorState {
  const mine = unconfirmedSteps(state)
  const origin = mine.find((one) => one.origin !== 'typed')?.origin ?? 'typed'
  let doc = confirmed
  const joined = differenceSteps(confirmed, state.doc).map((step) => {
    const inverted = step.invert(doc)
    doc = step.apply(doc).doc!
    return { step, inverted, origin }
  })
  return state.apply(replaceUnconfirmed(state.tr, joined))
}
