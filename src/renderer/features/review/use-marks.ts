import type { EditorView } from 'prosemirror-view'
import { useEffect, useState } from 'react'
import type { CommentThread } from '../../../contract/index.js'
import { addMarks, marksOf, PlaceSearch, showMarks, useOriginals, withMore, type CommentMark } from '../writing/index.js'

const none: readonly CommentMark[] = []

/** Marks threads in a text that is only read, a few milliseconds at a time. Answers with all marks once they are there. */
export function useMarks(project: string, view: EditorView | null, threads: readonly CommentThread[]): readonly CommentMark[] {
  const [wanted, setWanted] = useState<readonly string[]>([])
  const [marks, setMarks] = useState(none)
  const originals = useOriginals(project, wanted)
  useEffect(() => {
    if (!view || view.isDestroyed) return
    const search = new PlaceSearch(threads, originals, view.state.doc)
    let timer: ReturnType<typeof setTimeout> | null = null
    view.dispatch(showMarks(view.state.tr, search.look()))
    const lookOn = (): void => {
      if (view.isDestroyed) return
      if (!search.isOver) {
        view.dispatch(addMarks(view.state.tr, search.look()))
        timer = setTimeout(lookOn, 0)
        return
      }
      setMarks(marksOf(view.state))
      setWanted((before) => withMore(before, search.wanted))
    }
    lookOn()
    return () => { if (timer !== null) clearTimeout(timer) }
  }, [view, threads, originals])
  return marks
}
