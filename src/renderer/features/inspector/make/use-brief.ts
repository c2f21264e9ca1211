import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { studio } from '../../../studio.js'

/** How long a person pauses before the brief is kept, in milliseconds. */
const pause = 700

/** The brief of an item as it is typed, kept in the project when the person pauses, leaves, or asks for a proposal. */
export function useBrief(project: string, item: string, readOnly: boolean) {
  const queries = useQueryClient()
  const query = useQuery(studio.texts.brief.queryOptions({ input: { project, item } }))
  const change = useMutation(studio.texts.changeBrief.mutationOptions())
  const [typed, setTyped] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const unsent = useRef<string | null>(null)

  async function keep(): Promise<void> {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    const brief = unsent.current
    if (brief === null || readOnly) return
    unsent.current = null
    queries.setQueryData(studio.texts.brief.queryKey({ input: { project, item } }), { brief })
    await change.mutateAsync({ project, item, brief })
  }

  function type(text: string): void {
    setTyped(text)
    unsent.current = text
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(() => void keep().catch(() => undefined), pause)
  }

  // Leaving the tab or the item keeps what was typed; a failure is shown when the field is there again.
  const leave = useEffectEvent(() => void keep().catch(() => undefined))
  useEffect(() => () => leave(), [])

  return { text: typed ?? query.data?.brief ?? '', type, keep, error: change.error ?? query.error, isReady: query.data !== undefined }
}
