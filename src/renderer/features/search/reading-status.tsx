import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { formatShare } from '../../format/share.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'

/** What is read in less than this, in milliseconds, is not worth a word. */
const quietMs = 2500

/** One quiet line while a project is read for search by meaning. */
export function ReadingStatus({ project }: { readonly project: string }) {
  const { data } = useQuery(studio.search.meaning.queryOptions({ input: { project } }))
  const isReading = data?.state === 'reading' && data.waits === null && data.share < 1
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (!isReading) return setLong(false)
    const timer = setTimeout(() => setLong(true), quietMs)
    return () => clearTimeout(timer)
  }, [isReading])
  if (!isReading || !isLong) return null
  return <span className="number faint">{t('search.reading', { share: formatShare(data.share) })}</span>
}
