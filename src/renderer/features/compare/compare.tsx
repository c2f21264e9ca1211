import './compare.css'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { pictureUrl, type ItemSummary, type ProjectSummary, type VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { client } from '../../studio.js'
import { Button, IconButton } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { Segments } from '../../ui/segments.js'
import { flushText } from '../writing/index.js'
import { useVersions } from '../inspector/versions/use-versions.js'
import { useSingleKeys } from '../workspace/use-single-keys.js'
import { CompareSide } from './compare-side.js'
import { Comparison } from './comparison.js'
import { pairOf, type Compared, type DraftNow } from './pair.js'
import { useComparison, type ComparedTexts } from './use-comparison.js'
import { useDraftNow } from './use-draft.js'
import { VersionPick } from './version-pick.js'

interface CompareProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly old: string | undefined
  readonly fresh: string | undefined
  readonly views: ReactNode
}

/** Two versions of an item: which, what differs, and bringing the older one back. */
export function Compare({ project, item, old, fresh, views }: CompareProps) {
  const { query, versions } = useVersions(project.handle, item.id)
  const isText = item.kind === 'text'
  const draft = useDraftNow(project.handle, item.id, isText)
  const now: DraftNow | null = isText ? (draft.data ?? null) : null
  const pair = pairOf(versions, old, fresh, now)
  // Which two are meant is known only with the draft.
  if (query.isPending || (isText && draft.isPending)) return <Loading text={t('compare.reading')} />
  return (
    <div className="compare">
      {pair ? (
        <Pair project={project} item={item} versions={versions} draft={now} old={pair[0]} fresh={pair[1]} views={views} />
      ) : (
        <>
          <div className="toolbar">
            <h2 className="crumbs">
              <strong>{item.title}</strong>
            </h2>
            <span className="gap" />
            {views}
          </div>
          <div className="work-middle">
            <EmptyState title={t('compare.too-few')}>{t('compare.too-few-text')}</EmptyState>
          </div>
        </>
      )}
    </div>
  )
}

interface PairProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly versions: readonly VersionSummary[]
  readonly draft: DraftNow | null
  readonly old: Compared
  readonly fresh: Compared
  readonly views: ReactNode
}

function Pair({ project, item, versions, draft, old, fresh, views }: PairProps) {
  const [layout, setLayout] = useState<'words' | 'side-by-side'>('words')
  const scroll = useRef<HTMLDivElement>(null)
  const isText = item.kind === 'text'
  const texts = { project: project.handle, item: item.id, old: old.id, fresh: fresh.id }
  // The head is worth bringing back only where the draft has moved on from it.
  const canBringBack = !project.readOnly && old.version !== null && (!old.version.isHead || (fresh.version === null && draft?.differs === true))
  const show = (a: string, b: string): void => showView({ type: 'item', item: item.id, mode: 'compare', old: a, fresh: b })
  const restore = useMutation({
    mutationFn: async () => {
      await flushText(project.handle, item.id)
      return client.items.restore({ project: project.handle, version: old.id })
    },
    onSuccess: () => showView({ type: 'item', item: item.id }),
  })
  const go = (step: 1 | -1): void => {
    if (scroll.current) goToChange(scroll.current, step)
  }
  useSingleKeys({ j: () => go(1), k: () => go(-1) })
  return (
    <>
      <div className="toolbar">
        <h2 className="crumbs">
          <strong>{item.title}</strong>
        </h2>
        <ReviewStateMark state={item.state} />
        <span className="gap" />
        {isText ? (
          <Segments
            label={t('compare.how')}
            hideLabel
            value={layout}
            onChange={setLayout}
            choices={[
              { id: 'words', name: t('compare.words') },
              { id: 'side-by-side', name: t('compare.side-by-side') },
            ]}
          />
        ) : null}
        <span className="divider" />
        {views}
      </div>
      <div className="compare-picks">
        <VersionPick label={t('compare.old')} versions={versions} draft={draft} value={old.id} onChange={(id) => show(id, fresh.id)} />
        <IconButton icon="swap" label={t('compare.swap')} onPress={() => show(fresh.id, old.id)} />
        <VersionPick label={t('compare.fresh')} versions={versions} draft={draft} value={fresh.id} onChange={(id) => show(old.id, id)} />
        {isText ? <Counts texts={texts} onGo={go} /> : null}
      </div>
      {restore.error ? <ErrorNotice error={restore.error} steps={{ 'try-again': () => restore.mutate() }} onClose={() => restore.reset()} /> : null}
      <div className="compare-body">
        <div ref={scroll} className="work-scroll" tabIndex={0} role="group" aria-label={t('compare.region-of', { old: old.title, fresh: fresh.title })}>
          {isText ? (
            <Comparison texts={texts} layout={layout} />
          ) : (
            <Pictures project={project.handle} title={item.title} versions={[old, fresh].flatMap(({ version }) => version ?? [])} />
          )}
        </div>
        <CompareSide project={project.handle} versions={versions} old={old} fresh={fresh}>
          {!canBringBack || !old.version ? null : (
            <>
              <Button wide icon="undo" isDisabled={restore.isPending || old.version.removed} onPress={() => restore.mutate()}>
                {t('compare.bring-back', { number: old.ordinal })}
              </Button>
              <p className="hint">{t('compare.bring-back-hint')}</p>
            </>
          )}
        </CompareSide>
      </div>
    </>
  )
}

interface CountsProps {
  readonly texts: ComparedTexts
  readonly onGo: (step: 1 | -1) => void
}

function Counts({ texts, onGo }: CountsProps) {
  const { counts } = useComparison(texts)
  return (
    <span className="push row small number compare-counts">
      {counts ? (
        <>
          <span className="in">{t('compare.in', { count: counts.added })}</span>
          <span className="out">{t('compare.out', { count: counts.removed })}</span>
        </>
      ) : null}
      <span className="row compare-steps">
        <IconButton icon="up" label={t('compare.previous')} keys="K" onPress={() => onGo(-1)} />
        <IconButton icon="down" label={t('compare.next')} keys="J" onPress={() => onGo(1)} />
      </span>
    </span>
  )
}

/** Scrolls to the next or previous paragraph that differs, and marks it. */
function goToChange(scroll: HTMLElement, step: 1 | -1): void {
  const changes = [...scroll.querySelectorAll<HTMLElement>('[data-change]')]
  const now = changes.findIndex((element) => element.classList.contains('is-here'))
  const next = now === -1 ? (step === 1 ? 0 : changes.length - 1) : Math.max(0, Math.min(changes.length - 1, now + step))
  changes[now]?.classList.remove('is-here')
  changes[next]?.classList.add('is-here')
  changes[next]?.scrollIntoView({ block: 'center' })
}

function Pictures({ project, title, versions }: { readonly project: string; readonly title: string; readonly versions: readonly VersionSummary[] }) {
  return (
    <div className="comparison-picture">
      {versions.map(({ id, ordinal, content }) => (
        <figure key={id}>
          {content.type === 'blob' ? <img src={pictureUrl(project, content.hash, 1280)} alt={t('compare.picture-of', { number: ordinal, title })} /> : null}
          <figcaption className="number">{t('versions.ordinal', { number: ordinal })}</figcaption>
        </figure>
      ))}
    </div>
  )
}
