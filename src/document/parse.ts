import { Fragment, type Node } from 'prosemirror-model'
import { StudioError } from '../contract/index.js'
import { schema } from './schema.js'

/** What a text may measure. Far above the 50,000 words that one item is meant for, far below what would stop the studio. */
export const documentLimits = { depth: 64, nodes: 1_000_000, characters: 20_000_000, blocks: 200_000 } as const

function refuse(detail: string): never {
  throw new StudioError('bad-input', { detail })
}

interface Measure { nodes: number; characters: number }

// Runs before ProseMirror sees the value: its own reader recurses without a limit.
function measure(value: unknown, depth: number, total: Measure): void {
  if (depth > documentLimits.depth) refuse(`the text is nested more than ${documentLimits.depth} deep`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('a part of the text is no node')
  if (++total.nodes > documentLimits.nodes) refuse('the text has too many parts')
  const { text, content } = value as { text?: unknown; content?: unknown }
  if (typeof text === 'string' && (total.characters += text.length) > documentLimits.characters) refuse('the text is too long')
  if (content === undefined || content === null) return
  if (!Array.isArray(content)) refuse('the content of a node is no list')
  if (depth === 0 && content.length > documentLimits.blocks) refuse('the text has too many blocks')
  for (const child of content) measure(child, depth + 1, total)
}

/** The same node with neighbouring runs of equal marks joined, so that equal texts are equal nodes. */
export function joinRuns(node: Node): Node {
  if (node.isText || node.isLeaf) return node
  const children: Node[] = []
  node.forEach((child) => { children.push(joinRuns(child)) })
  return node.copy(Fragment.fromArray(children))
}

/**
 * The document that a ProseMirror JSON value describes, checked against the schema and `documentLimits`.
 * Errors: `bad-input` for anything that is no such document.
 */
export function parseDocument(json: unknown): Node {
  measure(json, 0, { nodes: 0, characters: 0 })
  try {
    const doc = joinRuns(schema.nodeFromJSON(json))
    if (doc.type !== schema.topNodeType) refuse('the text does not begin with a document')
    doc.check()
    return doc
  } catch (error) {
    if (error instanceof StudioError) throw error
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

/** Depth of the deepest node below `node`, which itself counts 0. */
export function depthOf(node: Node): number {
  let deepest = 0
  node.forEach((child) => { deepest = Math.max(deepest, 1 + depthOf(child)) })
  return deepest
}
