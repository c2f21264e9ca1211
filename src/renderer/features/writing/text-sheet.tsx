import './writing.css'
import { useEffect, useRef, type ReactNode } from 'react'
import type { ItemSummary } from '../../../contract/index.js'
import { t, textOf } from '../../messages/t.js'
import { Button } from '../../ui/button.js'
import { Icon } from '../../ui/icon.js'
import { Loading } from '../../ui/loading.js'
import { Note } from '../../ui/note.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import { CommentPins } from './comment-pins.js'
import { FormatBar } from './format-bar.js'
import { ItemTitle } from './item-title.js'
import { LinkField } from './link-field.js'
import { Margin } from './margin.js'
import { ProposalBar } from './proposal-bar.js'
import { StatusLine } from './status-line.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'
import { useComments } from './use-comments.js'

interface TextSheetProps {
  readonly desk: TextDesk
  readonly item: ItemSummary
  readonly folder: string | null
  /** What the text is called to readers of the screen. */
  readonly name: string
  readonly views?: ReactNode
  /** The project can only be read. */
  readonly isReadOnly?: boolean
}

/** The text on its sheet, with what can be done to it around it. */
export function TextSheet({ desk, item, folder, name, views, isReadOnly = false }: TextSheetProps) {
  const { phase, writable } = useStore(desk.status)
  const isOpen = desk.session.state !== null

  function rename(title: string): void {
    void desk.services.rename({ project: desk.place.project, target: item.id, title }).catch((error: unknown) => desk.proposals.error.set(error))
  }

  return (
    <div className="text-work">
      <div className="toolbar">
        <nav className="crumbs" aria-label={t('writing.place')}>
          {folder ? <><span className="truncate">{folder}</span><Icon name="right" /></> : null}
          <strong>{item.title}</strong>
        </nav>
        <ReviewStateMark state={item.state} />
        <span className="gap" />
        <FormatBar desk={desk} isDisabled={!isOpen || !writable} canComment={isOpen && !isReadOnly} />
        {views ? <><span className="divider" />{views}</> : null}
      </div>
      <LinkField desk={desk} />
      <ProposalBar desk={desk} isReadOnly={isReadOnly} />
      <Notices desk={desk} isReadOnly={isReadOnly} />
      <div className="work-scroll">
        <article className="sheet manuscript">
          <ItemTitle
            title={item.title} isReadOnly={isReadOnly || phase === 'lost'}
            onRename={rename}
            onLeave={() => desk.view?.focus()}
          />
          {isOpen ? <Text desk={desk} name={name} isReadOnly={isReadOnly} /> : <Loading text={t('writing.loading')} />}
        </article>
      </div>
      <StatusLine desk={desk} />
    </div>
  )
}

function Notices({ desk, isReadOnly }: { readonly desk: TextDesk; readonly isReadOnly: boolean }) {
  const { phase, writable, unsent, failure } = useStore(desk.status)
  if (failure && unsent)
    return (
      <div className="text-notice">
        <Note icon="warn" warn>{textOf(`writing.not-kept.${failure}`) ?? t('writing.not-kept-why', { reason: textOf(`error.${failure}`) ?? '' })}</Note>
      </div>
    )
  if (phase === 'lost') return <div className="text-notice"><Note icon="offline" warn>{t('writing.lost')}</Note></div>
  if (phase !== 'ready' || writable || isReadOnly) return null
  return (
    <div className="text-notice">
      <Note icon="lock" warn={unsent} actions={<Button size="small" onPress={() => desk.session.takeOver()}>{t('writing.edit-here')}</Button>}>
        {unsent ? t('writing.elsewhere-unsent') : t('writing.elsewhere')}
      </Note>
    </div>
  )
}

/** The element that the editor draws into. React draws nothing inside it. */
function Text({ desk, name, isReadOnly }: { readonly desk: TextDesk; readonly name: string; readonly isReadOnly: boolean }) {
  const element = useRef<HTMLDivElement>(null)
  const isEmpty = useStore(desk.isEmpty)
  const { writable } = useStore(desk.status)
  // The margin measures the editor, so it comes when that is there.
  const isMounted = useStore(desk.isMounted)
  useComments(desk)
  useEffect(() => {
    if (element.current) desk.mount(element.current)
    return () => desk.unmount()
  }, [desk])
  return (
    <div className="text-column">
      <div
        ref={element} className="text-body" role="textbox" aria-multiline="true" aria-label={name} aria-readonly={!writable} spellCheck={false}
        suppressContentEditableWarning
        data-placeholder={isEmpty && writable ? t('writing.placeholder') : undefined}
      />
      {isMounted && desk.view ? <CommentPins view={desk.view} follow={desk.comments.moved.subscribe} /> : null}
      {isMounted ? <Margin desk={desk} isReadOnly={isReadOnly} /> : null}
    </div>
  )
}
