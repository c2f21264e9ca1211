import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CommentThread } from '../../../contract/index.js'
import { parseDocument, type DocumentNode } from '../../../document/index.js'
import { studio } from '../../studio.js'

const none: ReadonlyMap<string, DocumentNode> = new Map()

/** The documents that comments on words were written on; empty until all are read. */
export function useOriginals(project: string, threads: readonly CommentThread[]): ReadonlyMap<string, DocumentNode> {
  const versions = useMemo(() => [...new Set(threads.filter(({ anchor }) => anchor.type === 'words').map(({ version }) => version))], [threads])
  const docs = useQueries({
    queries: versions.map((version) => ({ ...studio.items.versionText.queryOptions({ input: { project, version } }), staleTime: Infinity })),
    combine: (answers) => (answers.some(({ isPending }) => isPending) ? null : answers.map(({ data }) => data?.doc ?? null)),
  })
  return useMemo(() => {
    if (docs === null) return none
    return new Map(docs.flatMap((doc, index): [string, DocumentNode][] => (doc === null ? [] : [[versions[index]!, parseDocument(doc)]])))
  }, [docs, versions])
}
