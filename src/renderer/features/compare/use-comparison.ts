import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compareTexts, countChanges, parseDocument, type CompareBlock } from '../../../document/index.js'
import { studio } from '../../studio.js'
import { draftId } from './pair.js'
import { useDraftNow } from './use-draft.js'

/** Which texts are compared: versions by their ids, or the draft of the item. */
export interface ComparedTexts { readonly project: string; readonly item: string; readonly old: string; readonly fresh: string }

export interface ComparisonResult {
  readonly blocks: readonly CompareBlock[] | null
  readonly counts: { readonly added: number; readonly removed: number } | null
  readonly error: unknown
  readonly retry: () => void
}

/** A side as a document. Versions never change, so each is read once. */
function useText(project: string, item: string, id: string) {
  const isDraft = id === draftId
  const version = useQuery({ ...studio.items.versionText.queryOptions({ input: { project, version: id } }), staleTime: Infinity, enabled: !isDraft })
  const draft = useDraftNow(project, item, isDraft)
  const { data, error, refetch } = isDraft ? draft : version
  return { doc: data?.doc, error, refetch: () => void refetch() }
}

/** What differs between two versions of a text, or between one and the draft. */
export function useComparison({ project, item, old, fresh }: ComparedTexts): ComparisonResult {
  const before = useText(project, item, old)
  const after = useText(project, item, fresh)
  const blocks = useMemo(() => (before.doc && after.doc ? compareTexts(parseDocument(before.doc), parseDocument(after.doc)) : null), [before.doc, after.doc])
  const counts = useMemo(() => (blocks ? countChanges(blocks) : null), [blocks])
  const retry = (): void => {
    before.refetch()
    after.refetch()
  }
  return { blocks, counts, error: before.error ?? after.error, retry }
}
