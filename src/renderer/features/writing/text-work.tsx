import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { countWords, fromMarkdown, parseDocument, schema } from '../../../document/index.js'
import { t } from '../../messages/t.js'
import { createStore, useStore } from '../../state/store.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { holdText, releaseText } from './open-texts.js'
import { studioServices } from './studio-services.js'
import type { DocumentTools } from './open-text.js'
import type { TextDesk } from './text-desk.js'
import { TextSheet } from './text-sheet.js'

const tools: DocumentTools = { schema, parse: parseDocument, countWords, fromMarkdown }

interface TextWorkProps {
  readonly project: string
  readonly item: string
  /** Other views of the same item, at the right end of the toolbar. */
  readonly views?: ReactNode
}

/** The editor of one text: toolbar, proposal, sheet with its margin, status line. */
export function TextWork({ project, item, views }: TextWorkProps) {
  // Another handle after a restart of core is the same project: what is shown stays until its answers are there.
  const list = useQuery({ ...studio.items.list.queryOptions({ input: { project } }), placeholderData: keepPreviousData })
  const summary = list.data?.items.find(({ id }) => id === item)
  const folder = list.data?.folders.find(({ id }) => id === summary?.folder)
  const isReadOnly = useQuery(studio.projects.get.queryOptions({ input: { project } })).data?.readOnly ?? false
  const desk = useTextDesk(project, item)
  if (list.error) return <ErrorNotice error={list.error} steps={{ 'try-again': () => void list.refetch() }} />
  if (!desk || !summary) return <div className="text-work" />
  const name = t('writing.text', { title: summary.title })
  return <TextSheet key={item} desk={desk} item={summary} folder={folder?.title ?? null} views={views} isReadOnly={isReadOnly} name={name} />
}

function useTextDesk(project: string, item: string): TextDesk | null {
  const [held] = useState(() => createStore<TextDesk | null>(null))
  const desk = useStore(held)
  const hold = useEffectEvent((id: string) => holdText(studioServices, tools, project, id))
  useEffect(() => {
    const opened = hold(item)
    held.set(opened)
    return () => {
      releaseText(opened)
      held.set(null)
    }
  }, [held, item])
  useEffect(() => desk?.moveTo(project), [desk, project])
  return desk
}
