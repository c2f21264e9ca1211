import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { countWords, fromMarkdown, parseDocument, schema } from '../../../document/index.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { holdText, releaseText } from './open-texts.js'
import { studioServices } from './studio-services.js'
import type { DocumentTools, TextDesk } from './text-desk.js'
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
  const list = useQuery(studio.items.list.queryOptions({ input: { project } }))
  const summary = list.data?.items.find(({ id }) => id === item)
  const folder = list.data?.folders.find(({ id }) => id === summary?.folder)
  const desk = useTextDesk(project, item)
  if (list.error) return <ErrorNotice error={list.error} steps={{ 'try-again': () => void list.refetch() }} />
  if (!desk || !summary) return <div className="text-work" />
  return <TextSheet key={item} desk={desk} item={summary} folder={folder?.title ?? null} views={views} name={t('writing.text', { title: summary.title })} />
}

function useTextDesk(project: string, item: string): TextDesk | null {
  const [desk, setDesk] = useState<TextDesk | null>(null)
  useEffect(() => {
    const held = holdText(studioServices, tools, project, item)
    setDesk(held)
    return () => {
      releaseText(held)
      setDesk(null)
    }
  }, [project, item])
  return desk
}
