import fc from 'fast-check'
import { Fragment, type Mark, type Node } from 'prosemirror-model'
import { schema } from './schema.js'

// Texts for property tests. Few different words, so that random texts have things in common.
const vocabulary = [
  'the', 'galley', 'proof', 'corrects', 'a', 'page', 'before', 'it', 'prints', 'ink', 'Über', 'naïve', "don't",
  '文', '字', '👩‍👩‍👧', '3.14', 'R&D', 'a_b', '<b>', '&amp;', '#', '1.', '-', '*',
  '`x`', '[y]', 'end.', 'so,', '(yes)', '~', '=', '+', '>', '1)', '!',
]

export const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 8 }).map((list) => list.join(' '))

const href = 'https://galley.example/a_(b)?c=1&d=2'
const markSets: fc.Arbitrary<readonly Mark[]> = fc.subarray(['link', 'em', 'strong', 'strike', 'code'] as const, { maxLength: 2 }).map((names) =>
  names.reduce<readonly Mark[]>((set, name) => schema.marks[name].create(name === 'link' ? { href } : null).addToSet(set), []))

/** Inline content whose marks begin and end at blanks, as Markdown can say it. */
const noMarks = fc.constant<readonly Mark[]>([])
const run = (plain: boolean) => fc.record({ text: words, marks: plain ? noMarks : fc.oneof({ weight: 2, arbitrary: noMarks }, markSets), breaks: fc.boolean() })
const runs = (plain: boolean, breaks: boolean) => fc.array(run(plain), { minLength: 1, maxLength: 4 })
  .map((list) => Fragment.fromArray(list.flatMap((run, index) => {
    const between = index === 0 ? [] : breaks && run.breaks ? [schema.node('hard_break')] : [schema.text(' ')]
    return [...between, schema.text(run.text, run.marks)]
  })))

export interface Shape { readonly plain?: boolean; readonly empty?: boolean; readonly flat?: boolean }

function leafBlock(shape: Shape): fc.Arbitrary<Node> {
  const plain = shape.plain ?? false
  const paragraph = runs(plain, !plain).map((content) => schema.node('paragraph', null, content))
  const heading = fc.tuple(fc.integer({ min: 1, max: 3 }), runs(plain, false)).map(([level, content]) => schema.node('heading', { level }, content))
  const code = fc.tuple(fc.constantFrom('', 'js'), fc.array(words, { maxLength: 3 }))
    .map(([language, lines]) => schema.node('code_block', { language }, lines.length ? schema.text(lines.join('\n')) : []))
  return fc.oneof(
    { weight: 6, arbitrary: paragraph },
    { weight: shape.empty ? 1 : 0, arbitrary: fc.constant(schema.node('paragraph')) },
    { weight: 1, arbitrary: heading },
    { weight: 1, arbitrary: code },
    { weight: 1, arbitrary: fc.constant(schema.node('horizontal_rule')) },
  )
}

function block(shape: Shape, depth: number): fc.Arbitrary<Node> {
  const leaf = leafBlock(shape)
  if (depth === 0 || shape.flat) return leaf
  const inner = block(shape, depth - 1)
  const paragraph = runs(shape.plain ?? false, false).map((content) => schema.node('paragraph', null, content))
  const item = fc.tuple(paragraph, fc.array(inner, { maxLength: 1 })).map(([first, rest]) => schema.node('list_item', null, [first, ...rest]))
  const items = fc.array(item, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: items.map((content) => schema.node('bullet_list', null, content)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(1, 0, 9), items).map(([order, content]) => schema.node('ordered_list', { order }, content)) },
    { weight: 1, arbitrary: fc.array(inner, { minLength: 1, maxLength: 2 }).map((content) => schema.node('blockquote', null, content)) },
  )
}

/** Random texts of the schema. */
export function documents(shape: Shape = {}, most = 6): fc.Arbitrary<Node> {
  return fc.array(block(shape, 2), { minLength: 1, maxLength: most }).map((content) => schema.node('doc', null, content))
}

/** A text close to another: some of its blocks kept, some changed, moved, doubled or new. */
export function variants(doc: Node, shape: Shape = {}): fc.Arbitrary<Node> {
  const kept = fc.integer({ min: 0, max: doc.childCount - 1 }).map((index) => doc.child(index))
  const changed = kept.chain((node) => fc.tuple(words, fc.nat()).map(([text, seed]) => {
    if (!node.isTextblock) return node
    const at = seed % (node.content.size + 1)
    const cut = node.content.cut(0, at)
    return node.copy(cut.append(Fragment.from(schema.text(` ${text} `))).append(node.content.cut(Math.min(node.content.size, at + (seed % 7)))))
  }))
  const any = fc.oneof({ weight: 3, arbitrary: kept }, { weight: 3, arbitrary: changed }, { weight: 1, arbitrary: block(shape, 1) })
  return fc.array(any, { minLength: 1, maxLength: doc.childCount + 2 })
    .map((content) => schema.node('doc', null, content))
}
