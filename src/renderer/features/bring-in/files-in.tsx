import './bring-in.css'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import type { View } from '../../state/route.js'
import { Icon } from '../../ui/icon.js'
import { BringInNote } from './bring-in-note.js'
import { useFileDrop } from './use-file-drop.js'

/** The folder that new things go into: that of the item which is shown. */
export function useHere(project: string, view: View): string | null {
  const { items } = useDesk(project)
  const item = view.type === 'item' || view.type === 'lineage' ? view.item : undefined
  return items.find((one) => one.id === item)?.folder ?? null
}

/** Takes files that are dropped or pasted, and says how it goes. */
export function FilesIn({ project, view }: { readonly project: ProjectSummary; readonly view: View }) {
  const here = useHere(project.handle, view)
  const over = useFileDrop(project.handle, here, project.readOnly)
  return (
    <>
      {over ? <div className="drop-over" style={{ left: over.left, top: over.top, width: over.width, height: over.height }}><span className="floating-note"><Icon name="bring-in" />{t('import.drop')}</span></div> : null}
      <BringInNote project={project.handle} folder={here} />
    </>
  )
}
