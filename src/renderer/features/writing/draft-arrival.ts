import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import type { DraftView } from '../../../contract/index.js'
import { differenceSteps } from './document-difference.js'
import { replaceUnconfirmed, unconfirmedSteps } from './rebasing.js'

/**
 * How many of a session's unacknowledged steps are in core's draft although no answer said so. Core tells how far this
 * session's steps came; comparing documents would not do, because others' steps may follow them.
 */
export function arrivedAtCore(view: DraftView, number: number, sent: number): number {
  return Math.max(0, Math.min((view.appended ?? 0) - number, sent))
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
