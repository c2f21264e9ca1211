import { createElement, Fragment, type ReactNode } from 'react'
import type { BlockInfo, CompareBlock, CompareSegment } from '../../../document/index.js'

type Side = 'both' | 'old' | 'fresh'

const tags: Partial<Record<CompareSegment['marks'][number], string>> = { em: 'em', strong: 'strong', code: 'code', strike: 's' }

/** One paragraph of a comparison: as one with both sides' words, or as either side has it. */
export function Block({ block, side }: { readonly block: CompareBlock; readonly side: Side }) {
  const info = side === 'old' ? block.old : (block.fresh ?? block.old)
  if (!info || (side === 'old' && block.kind === 'added') || (side === 'fresh' && block.kind === 'removed')) return <div className="compare-gap" />
  const shown = block.segments.filter(({ kind }) => kind === 'same' || side === 'both' || (side === 'old' ? kind === 'removed' : kind === 'added'))
  const becameOther = block.kind === 'changed' && block.segments.every(({ kind }) => kind === 'same')
  return (
    <div
      className={`compare-block is-${block.kind} ${becameOther ? 'became-other' : ''}`}
      data-quotes={info.quotes || undefined}
      data-lists={info.lists || undefined}
      data-change={block.kind === 'same' ? undefined : ''}
    >
      {info.marker ? (
        <span className="compare-marker" aria-hidden="true">
          {info.marker}
        </span>
      ) : null}
      {draw(
        info,
        shown.map((segment, index) => <Segment key={index} segment={segment} />),
      )}
    </div>
  )
}

function draw(info: BlockInfo, words: ReactNode): ReactNode {
  switch (info.type) {
    case 'heading':
      return createElement(info.level === 1 ? 'h2' : 'h3', null, words)
    case 'code_block':
      return <pre>{words}</pre>
    case 'horizontal_rule':
      return <hr />
    default:
      return <p>{words}</p>
  }
}

function Segment({ segment }: { readonly segment: CompareSegment }) {
  const inner = segment.marks.reduce<ReactNode>((words, mark) => {
    const tag = tags[mark]
    return tag ? createElement(tag, null, words) : words
  }, segment.text)
  if (segment.kind === 'added') return <ins>{inner}</ins>
  if (segment.kind === 'removed') return <del>{inner}</del>
  return <Fragment>{inner}</Fragment>
}
