import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compareTexts, countChanges, parseDocument, type CompareBlock } from '../../../document/index.js'
import { studio } from '../../studio.js'

export interface ComparisonResult {
  readonly blocks: readonly CompareBlock[] | null
  readonly counts: { readonly added: number; readonly removed: number } | null
  readonly error: unknown
  readonly retry: () => void
}

/** What differs between two versions of a text. Versions never change, so each is read once. */
export function useComparison(project: string, old: string, fresh: string): ComparisonResult {
  const before = useQuery({ ...studio.items.versionText.queryOptions({ input: { project, version: old } }), staleTime: Infinity })
  const after = useQuery({ ...studio.items.versionText.queryOptions({ input: { project, version: fresh } }), staleTime: Infinity })
  const blocks = useMemo(
    () => (before.data && after.data ? compareTexts(parseDocument(before.data.doc), parseDocument(after.data.doc)) : null),
    [before.data, after.data],
  )
  const counts = useMemo(() => (blocks ? countChanges(blocks) : null), [blocks])
  const retry = (): void => {
    void before.refetch()
    void after.refetch()
  }
  return { blocks, counts, error: before.error ?? after.error, retry }
}
