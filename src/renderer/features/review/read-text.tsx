import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CommentAnchor, CommentThread } from '../../../contract/index.js'
import { makeAnchor, parseDocument, type DocumentNode } from '../../../document/index.js'
import { currentThread } from '../../state/review.js'
import { useStore } from '../../state/store.js'
import { CommentPins, commentsPlugin, numberThreads, placeThreads, showCurrent, showMarks, type CommentMark } from '../writing/index.js'

interface ReadTextProps {
  /** Document of a version, as JSON. */
  readonly doc: unknown
  readonly name: string
  readonly threads: readonly CommentThread[]
  /** Documents of versions that comments were written on, where they are known. */
  readonly originals: ReadonlyMap<string, DocumentNode>
  /** Where the threads stand in this text, as soon as that is known. */
  readonly onMarks?: (marks: readonly CommentMark[]) => void
  /** Asks for a comment on the selected words: Ctrl+Alt+M. */
  readonly onComment?: (anchor: CommentAnchor, quote: string) => void
}

const never = (): (() => void) => () => undefined

/** A version to read, with the words that were commented on. */
export function ReadText({ doc, name, threads, originals, onMarks, onComment }: ReadTextProps) {
  const element = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const document = useMemo(() => parseDocument(doc), [doc])

  useEffect(() => {
    if (!element.current) return
    const made = new EditorView(
      { mount: element.current },
      { state: EditorState.create({ doc: document, plugins: [commentsPlugin()] }), editable: () => false },
    )
    setView(made)
    return () => {
      setView(null)
      made.destroy()
    }
  }, [document])

  useEffect(() => {
    if (!view || view.isDestroyed) return
    const marks = placeThreads(numberThreads(threads), originals, document)
    view.dispatch(showMarks(view.state.tr, marks))
    onMarks?.(marks)
  }, [view, threads, originals, document, onMarks])

  const chosen = useStore(currentThread)
  useEffect(() => {
    if (!view || view.isDestroyed) return
    view.dispatch(showCurrent(view.state.tr, chosen?.thread ?? null))
    if (chosen?.from === 'list') view.dom.querySelector('.commented.is-current')?.scrollIntoView({ block: 'nearest' })
  }, [view, chosen, threads])

  function comment(): void {
    if (!view || !onComment) return
    const { from, to, empty } = view.state.selection
    if (!empty) onComment(makeAnchor(document, from, to), document.textBetween(from, to, '\n', '\n'))
  }

  return (
    <div className="text-column">
      <div
        ref={element}
        className="text-body"
        role="textbox"
        aria-multiline="true"
        aria-readonly="true"
        aria-label={name}
        tabIndex={0}
        suppressContentEditableWarning
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === 'm' && event.altKey && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            comment()
          }
        }}
      />
      {view ? <CommentPins key={threads.length} view={view} follow={never} /> : null}
    </div>
  )
}
