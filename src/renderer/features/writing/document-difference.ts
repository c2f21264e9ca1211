import { Fragment, Slice, type Node } from 'prosemirror-model'
import { ReplaceStep, Transform, type Step } from 'prosemirror-transform'

/**
 * Steps that make `before` into `after`, block by block where the blocks still stand side by side, so that what was
 * typed elsewhere meanwhile keeps its place. Always exact: the last resort is to replace everything.
 */
export function differenceSteps(before: Node, after: Node): Step[] {
  if (before.eq(after)) return []
  const transform = new Transform(before)
  let head = 0
  while (head < before.childCount && head < after.childCount && before.child(head).eq(after.child(head))) head++
  let tail = 0
  const fromEnd = (doc: Node): Node => doc.child(doc.childCount - 1 - tail)
  while (tail < before.childCount - head && tail < after.childCount - head && fromEnd(before).eq(fromEnd(after))) tail++
  const beforeEnd = before.childCount - tail
  const afterEnd = after.childCount - tail
  if (beforeEnd - head === afterEnd - head) {
    let at = startOf(after, head)
    for (let index = head; index < afterEnd; index++) {
      changeBlock(transform, at, before.child(index), after.child(index))
      at += after.child(index).nodeSize
    }
  } else {
    const from = startOf(before, head)
    const blocks: Node[] = []
    for (let index = head; index < afterEnd; index++) blocks.push(after.child(index))
    transform.step(new ReplaceStep(from, startOf(before, beforeEnd), new Slice(Fragment.from(blocks), 0, 0)))
  }
  if (transform.doc.eq(after)) return transform.steps
  return [new ReplaceStep(0, before.content.size, new Slice(after.content, 0, 0))]
}

function startOf(doc: Node, index: number): number {
  let at = 0
  for (let child = 0; child < index; child++) at += doc.child(child).nodeSize
  return at
}

/** `at` is where the block begins in the transform's document; earlier blocks are already those of the result. */
function changeBlock(transform: Transform, at: number, before: Node, after: Node): void {
  if (before.eq(after)) return
  const whole = new ReplaceStep(at, at + before.nodeSize, new Slice(Fragment.from(after), 0, 0))
  if (!before.sameMarkup(after) || !before.isTextblock) return void transform.step(whole)
  const from = before.content.findDiffStart(after.content)!
  let { a: beforeEnd, b: afterEnd } = before.content.findDiffEnd(after.content)!
  const overlap = from - Math.min(beforeEnd, afterEnd)
  if (overlap > 0) {
    beforeEnd += overlap
    afterEnd += overlap
  }
  transform.step(new ReplaceStep(at + 1 + from, at + 1 + beforeEnd, after.slice(from, afterEnd)))
}
