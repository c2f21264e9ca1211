import { useMutation, useQueryClient } from '@tanstack/react-query'
import { studio } from '../../studio.js'

/** Keeping pictures and setting them aside. What shows the marks is read again at once. */
export function usePick(project: string) {
  const queries = useQueryClient()
  const refresh = (): void => {
    for (const queryKey of [studio.items.versions.key(), studio.pictures.list.key(), studio.items.lineage.key(), studio.items.outline.key()]) void queries.invalidateQueries({ queryKey })
  }
  const keep = useMutation(studio.pictures.keep.mutationOptions({ onSuccess: refresh }))
  const discard = useMutation(studio.pictures.discard.mutationOptions({ onSuccess: refresh }))
  return {
    pick: (versions: readonly string[], kept: boolean) => { if (versions.length > 0) (kept ? keep : discard).mutate({ project, versions: [...versions] }) },
    error: keep.error ?? discard.error,
    forgetError: () => { keep.reset(); discard.reset() },
  }
}
