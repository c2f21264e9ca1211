import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { StudioError, type ProjectSummary } from '../../contract/index.js'
import { useCoreGeneration } from '../events.js'
import { client, studio } from '../studio.js'

export interface OpenProject {
  readonly project: ProjectSummary | null
  readonly error: unknown
  readonly isOpening: boolean
  readonly retry: () => void
}

/** Opens a project, or finds the handle of one that this core already holds. */
async function open(path: string): Promise<ProjectSummary> {
  try {
    return await client.projects.open({ path })
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'project-in-use') throw error
    const held = (await client.projects.recent()).find((recent) => recent.path === path && recent.open !== null)
    if (!held?.open) throw error
    return client.projects.get({ project: held.open })
  }
}

/**
 * The project at a path, opened. A restart of core makes handles invalid, so it is opened again then; what is shown stays
 * until that is done.
 */
export function useOpenProject(path: string): OpenProject {
  const generation = useCoreGeneration()
  const opening = useQuery({
    queryKey: ['open-project', path, generation],
    queryFn: () => open(path),
    placeholderData: (before: ProjectSummary | undefined) => (before?.path === path ? before : undefined),
  })
  const opened = opening.data ?? null
  const handle = opened?.handle
  const fresh = useQuery({
    ...studio.projects.get.queryOptions({ input: { project: handle ?? '' } }),
    enabled: Boolean(handle) && !opening.isPlaceholderData,
    placeholderData: keepPreviousData,
  })
  const current = fresh.data && fresh.data.handle === handle ? fresh.data : opened
  return {
    project: opening.error ? null : current,
    error: opening.error,
    isOpening: opening.isFetching,
    retry: () => void opening.refetch(),
  }
}
