import type { ReactNode } from 'react'
import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { useDesk } from '../../state/desk.js'
import { Icon } from '../../ui/icon.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { folderTitles } from '../desk/tree.js'

interface PictureToolbarProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly children: ReactNode
}

/** Where the picture lies, what it is called, and in which state it is. */
export function PictureToolbar({ project, item, children }: PictureToolbarProps) {
  const { tree } = useDesk(project.handle)
  return (
    <div className="toolbar">
      <h2 className="crumbs">
        {folderTitles(tree, item.id).map((title, index) => <span key={index} className="row"><span>{title}</span><Icon name="right" /></span>)}
        <strong>{item.title}</strong>
      </h2>
      <ReviewStateMark state={item.state} />
      <span className="gap" />
      {children}
    </div>
  )
}
