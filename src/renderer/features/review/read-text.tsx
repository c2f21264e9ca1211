import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { CommentAnchor, CommentThread } from '../../../contract/index.js'
import { makeAnchor, parseDocument } from '../../../document/index.js'
import { currentThread } from '../../state/review.js'
import { createStore, useStore } from '../../state/store.js'
import { CommentPins, commentsPlugin, showCurrent, type CommentMark } from '../writing/index.js'
import { useMarks } from './use-marks.js'

interface ReadTextProps {
  readonly project: string
  /** Document of a version, as JSON. */
  readonly doc: unknown
  readonly name: string
  readonly threads: readonly CommentThread[]
  /** Where the threads stand in this text, as soon as that is known. */
  readonly onMarks?: (marks: readonly CommentMark[]) => void
  /** Asks for a comment on the selected words: Ctrl+Alt+M. */
  readonly onComment?: (anchor: CommentAnchor, quote: string) => void
}

/** A version to read, with the words that were commented on. */
export function ReadText({ project, doc, name, threads, onMarks, onComment }: ReadTextProps) {
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

  const [moved] = useState(() => createStore(0))
  const onPlaced = useEffectEvent((marks: readonly CommentMark[]) => onMarks?.(marks))
  const marks = useMarks(project, view, threads)
  useEffect(() => {
    moved.set((count) => count + 1)
    onPlaced(marks)
  }, [moved, marks])

  const chosen = useStore(currentThread)
  useEffect(() => {
    if (!view || view.isDestroyed) return
    view.dispatch(showCurrent(view.state.tr, chosen?.thread ?? null))
    if (chosen?.from === 'list') view.dom.querySelector('.commented.is-current')?.scrollIntoView({ block: 'nearest' })
    moved.set((count) => count + 1)
  }, [view, chosen, marks, moved])

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
      {view ? <CommentPins view={view} follow={moved.subscribe} /> : null}
    </div>
  )
}
