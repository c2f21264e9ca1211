import { useMutation, useQuery } from '@tanstack/react-query'
import type { Enlargement, ProjectSummary, VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { studio } from '../../../studio.js'
import { enlargedSize, sizeOf } from './enlarged-size.js'
import { enlargeAndWatch } from './enlarging.js'

/** What enlarging does on this computer; null where nothing here can, or while that is asked. */
export function useEnlargement(): Enlargement | null {
  return useQuery(studio.pictures.enlargement.queryOptions()).data ?? null
}

/** Enlarging one version: whether it can be, why not, and to which size. */
export function useEnlarging(project: ProjectSummary, version: VersionSummary | null, chosen: string | null, onError?: (error: unknown) => void) {
  const enlargement = useEnlargement()
  const asking = useMutation({ mutationFn: (id: string) => enlargeAndWatch(project.handle, id, chosen), ...(onError && { onError }) })
  const from = sizeOf(version)
  const to = from && enlargement ? enlargedSize(from, enlargement) : null
  const cannot = project.readOnly ? t('make.read-only') : from && enlargement && !to ? t('enlarge.too-large', { pixels: enlargement.mostPixels / 1e6 }) : null
  return {
    enlargement, from, to, cannot,
    isReady: to !== null && cannot === null && !asking.isPending,
    ask: () => { if (version && to && cannot === null) asking.mutate(version.id) },
    error: asking.error,
    forgetError: () => asking.reset(),
  }
}
