import './log.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components'
import { formatHash } from '../../format/size.js'
import { formatClock, formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { entryWords } from './entry-words.js'
import { LogCheckButton, LogCheckResult, useLogCheck } from './log-check.js'
import { pageOf, pageSize, type LogPage } from './log-pages.js'

/** A clock that runs so much ahead of this one, in milliseconds, is a wrong clock. */
const ahead = 10 * 60_000

/** Every entry of the project's history, a page at a time: when, who, what, and whether a signature covers it. */
export function LogView({ project }: { readonly project: string }) {
  const [before, setBefore] = useState<number | undefined>(undefined)
  const newest = useQuery(studio.review.log.queryOptions({ input: { project, limit: 1 } }))
  const query = useQuery({
    ...studio.review.log.queryOptions({ input: { project, limit: pageSize, ...(before === undefined ? {} : { before }) } }),
    placeholderData: keepPreviousData,
  })
  const check = useLogCheck(project)
  const [latest] = useState(() => Date.now() + ahead)
  const entries = query.data ?? []
  const total = newest.data?.[0]?.position ?? 0
  const page = pageOf(before, total)
  return (
    <>
      <div className="toolbar">
        <h2 className="title">{t('log.title')}</h2>
        <span className="gap" />
        <LogCheckButton check={check} />
        {total > pageSize ? <Pages page={page} total={total} onGo={setBefore} /> : null}
      </div>
      <div className="work-scroll log">
        <p className="secondary small log-lead">{t('log.lead')}</p>
        <LogCheckResult check={check} />
        {query.isPending ? <Loading text={t('log.reading')} /> : null}
        {query.error && !query.data ? <ErrorNotice error={query.error} steps={{ 'try-again': () => void query.refetch() }} /> : null}
        {query.data && entries.length === 0 ? <EmptyState title={t('log.empty')} /> : null}
        {entries.length > 0 ? (
          <Table aria-label={t('log.entries')} className="log-table">
            <TableHeader>
              <Column className="log-when">{t('log.when')}</Column>
              <Column>{t('log.who')}</Column>
              <Column isRowHeader className="log-what">
                {t('log.what')}
              </Column>
              <Column>{t('log.signed')}</Column>
              <Column>{t('log.entry')}</Column>
            </TableHeader>
            <TableBody items={entries.map((entry) => ({ ...entry, id: entry.hash }))}>
              {(entry) => (
                <Row className="log-row" textValue={entryWords(entry)}>
                  <Cell className="number secondary log-when">
                    <time dateTime={new Date(entry.at).toISOString()}>{whenWithTime(entry.at)}</time>
                    {entry.at > latest ? <span className="block warned">{t('log.clock-ahead')}</span> : null}
                  </Cell>
                  <Cell className="truncate">{entry.person.name}</Cell>
                  <Cell className="log-what">{entryWords(entry)}</Cell>
                  <Cell>
                    <span className={`log-signed ${entry.signed ? '' : 'faint'}`}>
                      {entry.signed ? <Icon name="seal" small /> : null}
                      {entry.signed ? t('log.is-signed') : t('log.not-yet')}
                    </span>
                  </Cell>
                  <Cell className="mono faint">
                    <span title={entry.hash}>{formatHash(entry.hash)}</span>
                  </Cell>
                </Row>
              )}
            </TableBody>
          </Table>
        ) : null}
      </div>
    </>
  )
}

interface PagesProps {
  readonly page: LogPage
  readonly total: number
  readonly onGo: (before: number | undefined) => void
}

function Pages({ page, total, onGo }: PagesProps) {
  return (
    <nav className="row log-pages" aria-label={t('log.pages')}>
      <IconButton icon="first" small label={t('log.newest')} isDisabled={page.newest === null} onPress={() => onGo(undefined)} />
      <IconButton icon="left" small label={t('log.newer')} isDisabled={page.newest === null} onPress={() => onGo(page.newer)} />
      <span className="small secondary number" role="status">
        {t('log.page', { from: page.from, to: page.to, total })}
      </span>
      <IconButton icon="right" small label={t('log.older')} isDisabled={page.older === null} onPress={() => onGo(page.older!)} />
      <IconButton icon="last" small label={t('log.oldest')} isDisabled={page.oldest === null} onPress={() => onGo(page.oldest!)} />
    </nav>
  )
}

/** In a log the time matters on every day. */
function whenWithTime(at: number): string {
  const when = formatWhen(at)
  const clock = formatClock(at)
  return when.includes(clock) ? when : `${when}, ${clock}`
}
