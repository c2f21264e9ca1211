import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { parseDocument, type DocumentNode } from '../../../document/index.js'
import { studio } from '../../studio.js'
import type { Originals } from './comment-places.js'

/** Versions that are read at once: each may be a long text, and words on more of them are rarely looked for. */
const most = 24

const none: Originals = new Map()
const docsOf = (answers: readonly { data?: { doc?: unknown } | undefined; isPending: boolean }[]): unknown[] =>
  answers.map(({ data, isPending }) => (isPending ? undefined : (data?.doc ?? null)))

/** Documents of versions that comments were written on, as they come; those beyond the first few are taken for unreadable. */
export function useOriginals(project: string, versions: readonly string[]): Originals {
  const read = versions.slice(0, most)
  const docs = useQueries({
    // A version never changes, so it is read once.
    queries: read.map((version) => ({ ...studio.items.versionText.queryOptions({ input: { project, version } }), staleTime: Infinity })),
    combine: docsOf,
  })
  const isWhole = docs.every((doc) => doc !== undefined)
  return useMemo(() => {
    if (versions.length === 0 || !isWhole) return none
    return new Map(versions.map((version, index): [string, DocumentNode | null] => [version, docs[index] ? parseDocument(docs[index]) : null]))
  }, [versions, docs, isWhole])
}
