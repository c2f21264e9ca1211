import { useMutation, useQueryClient } from '@tanstack/react-query'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { studio } from '../../studio.js'

/** What can be done on the desk. The list is read again at once, so that a new row is there before its event comes. */
export function useDeskActions(project: string, onCreated: (id: string) => void) {
  const queries = useQueryClient()
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: studio.items.list.key() })
  const created = async ({ id }: { id: string }): Promise<void> => {
    await refresh()
    onCreated(id)
  }
  const create = useMutation(studio.items.create.mutationOptions({
    onSuccess: async (item) => {
      showView({ type: 'item', item: item.id })
      await created(item)
    },
  }))
  const createFolder = useMutation(studio.items.createFolder.mutationOptions({ onSuccess: created }))
  const rename = useMutation(studio.items.rename.mutationOptions({ onSuccess: refresh }))
  const move = useMutation(studio.items.move.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(studio.items.remove.mutationOptions({ onSuccess: refresh }))
  const undo = useMutation(studio.projects.undo.mutationOptions({ onSuccess: refresh }))
  const all = [create, createFolder, rename, move, remove, undo]
  return {
    createText: (folder: string | null) => create.mutate({ project, kind: 'text', title: t('desk.new-text-title'), folder }),
    createPicture: (folder: string | null) => create.mutate({ project, kind: 'image', title: t('desk.new-picture-title'), folder }),
    createFolder: (parent: string | null) => createFolder.mutate({ project, title: t('desk.new-folder-title'), parent }),
    rename: (target: string, title: string) => rename.mutate({ project, target, title }),
    move: (target: string, folder: string | null, before: string | undefined) =>
      move.mutate(before === undefined ? { project, target, folder } : { project, target, folder, before }),
    remove: (target: string, onRemoved: () => void) => remove.mutate({ project, target }, { onSuccess: onRemoved }),
    undo: (onUndone: () => void) => undo.mutate({ project }, { onSuccess: onUndone }),
    error: all.find((mutation) => mutation.error)?.error ?? null,
    forgetError: () => {
      for (const mutation of all) mutation.reset()
    },
  }
}

export type DeskActions = ReturnType<typeof useDeskActions>
