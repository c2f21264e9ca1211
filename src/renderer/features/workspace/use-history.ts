import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { t, textOf } from '../../messages/t.js'
import { studio } from '../../studio.js'

/** "Undo: rename", or plain "Undo" where there is nothing or the change has no name here. */
function label(direction: 'undo' | 'redo', id: string | null | undefined): string {
  const what = id ? textOf(id.startsWith('undo.') ? id : `undo.${id}`) : null
  if (what === null) return t(`${direction}.action`)
  return t(`${direction}.what`, { what })
}

/** Undo and redo of what was done to the project (not of typing, which the editor takes back itself). */
export function useHistory(project: string) {
  const query = useQuery({ ...studio.projects.history.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  const undo = useMutation(studio.projects.undo.mutationOptions())
  const redo = useMutation(studio.projects.redo.mutationOptions())
  const isBusy = undo.isPending || redo.isPending
  return {
    undoLabel: label('undo', query.data?.undo),
    redoLabel: label('redo', query.data?.redo),
    canUndo: Boolean(query.data?.undo) && !isBusy,
    canRedo: Boolean(query.data?.redo) && !isBusy,
    undo: () => { if (query.data?.undo && !isBusy) undo.mutate({ project }) },
    redo: () => { if (query.data?.redo && !isBusy) redo.mutate({ project }) },
    error: undo.error ?? redo.error,
    forgetError: () => { undo.reset(); redo.reset() },
  }
}
