import './copies.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { fileWork } from '../../state/file-work.js'
import { projectNotice } from '../../state/notice.js'
import { useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Note } from '../../ui/note.js'
import { undoMerge } from './merge-commands.js'

/** What was just done to the project as a whole, with the way back while it is the last thing that was done. */
export function ProjectNote({ project }: { readonly project: string }) {
  const notice = useStore(projectNotice)
  const history = useQuery({ ...studio.projects.history.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  const isUndoing = useStore(fileWork).some((work) => work.project === project && work.state === 'running' && work.words === t('merge.undoing'))
  const { items } = useDesk(project)
  if (!notice || notice.project !== project) return null
  if (notice.error) return <ErrorNotice error={notice.error} onClose={() => projectNotice.set(null)} />
  // Undo may have come from elsewhere: then what came in is gone again.
  const isTakenBack = notice.undoes === 'undo.merge' && history.data?.redo === notice.undoes
  const canUndo = notice.undoes !== undefined && history.data?.undo === notice.undoes
  const actions = notice.actions.filter(({ combines }) => combines === undefined || items.some((item) => item.id === combines && item.heads.length > 1))
  return (
    <>
      <Note
        icon="check"
        onClose={() => projectNotice.set(null)}
        actions={
          !isTakenBack && (canUndo || actions.length > 0) ? (
            <>
              {actions.map((action) => (
                <Button key={action.name} size="small" onPress={action.run}>
                  {action.name}
                </Button>
              ))}
              {canUndo ? (
                <Button size="small" look="quiet" isDisabled={isUndoing} onPress={() => undoMerge(project)}>
                  {t('general.undo')}
                </Button>
              ) : null}
            </>
          ) : undefined
        }
      >
        {isTakenBack ? t('merged.undone') : notice.words}
      </Note>
    </>
  )
}
