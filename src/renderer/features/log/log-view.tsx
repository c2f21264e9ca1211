import './log.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components'
import { formatHash } from '../../format/size.js'
import { formatClock, formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { entryWords } from './entry-words.js'

const page = 100

/** Every entry of the project's history: when, who, what, and whether a signature covers it. */
export function LogView({ project }: { readonly project: string }) {
  const query = useInfiniteQuery(
    studio.review.log.infiniteOptions({
      input: (before: number | undefined) => (before === undefined ? { project, limit: page } : { project, limit: page, before }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.length === page && last.at(-1)!.position > 1 ? last.at(-1)!.position : undefined),
    }),
  )
  const entries = query.data?.pages.flat() ?? []
  return (
    <>
      <div className="toolbar">
        <h2 className="title">{t('log.title')}</h2>
      </div>
      <div className="work-scroll log">
        <p className="secondary small log-lead">{t('log.lead')}</p>
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
        {query.hasNextPage ? (
          <Button size="small" look="quiet" isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {t('log.older')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

/** In a log the time matters on every day. */
function whenWithTime(at: number): string {
  const when = formatWhen(at)
  const clock = formatClock(at)
  return when.includes(clock) ? when : `${when}, ${clock}`
}
