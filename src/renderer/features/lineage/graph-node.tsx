import { pictureUrl, type LineageNode } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { Icon } from '../../ui/icon.js'
import { DecisionMark } from './decision-mark.js'
import { vars } from './vars.js'
import { howOf, iconOf } from './words.js'

interface GraphNodeProps {
  readonly project: string
  readonly node: LineageNode
  readonly title: string
  readonly x: number
  readonly y: number
  readonly isOwn: boolean
  readonly isHere: boolean
  readonly onChoose: (node: LineageNode) => void
  readonly onOpen: (node: LineageNode) => void
}

/** A version as a print or a sheet of paper. */
export function GraphNodeView({ project, node, title, x, y, isOwn, isHere, onChoose, onOpen }: GraphNodeProps) {
  return (
    <button
      type="button" className={`node ${isHere ? 'is-sel' : ''} ${node.picked === false ? 'is-aside' : ''}`} style={vars({ x, y })} data-node={node.id} aria-pressed={isHere} tabIndex={isHere ? 0 : -1}
      onClick={() => onChoose(node)} onDoubleClick={() => onOpen(node)}
    >
      <span className="visually-hidden">{t('lineage.node', { title, number: node.ordinal, how: howOf(node) })}</span>
      <span className="node-pic" aria-hidden="true">{node.picture ? <img src={pictureUrl(project, node.picture.hash, 160)} alt="" loading="lazy" /> : <span className="paper">{node.beginning || t('versions.empty-text')}</span>}</span>
      <span className="node-cap">
        <Icon name={iconOf(node)} /><span className="truncate number" aria-hidden="true">{node.ordinal}{isOwn ? '' : `, ${node.person.split(' ')[0]}`}</span>
        {node.picked ? <span className="mark-kept"><Icon name="check" /></span> : null}
        <DecisionMark decision={node.decision} />
      </span>
    </button>
  )
}
