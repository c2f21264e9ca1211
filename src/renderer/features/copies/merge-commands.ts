import type { MergeCounts, ProjectSummary } from '../../../contract/index.js'
import { fileTitle } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { beginWork } from '../../state/file-work.js'
import { projectNotice } from '../../state/notice.js'
import { currentView, showView } from '../../state/route.js'
import { client } from '../../studio.js'
import { groupChanges, type MergeChange } from './merge-groups.js'

/** Merges a copy; answers with the name of the job. Whoever looks at something else by the time it is done goes on with that. */
export function merge(project: ProjectSummary, copy: string, changes: readonly MergeChange[]): string {
  return beginWork({
    project: project.handle,
    words: t('merge.running', { name: fileTitle(copy) }),
    hasScreen: true,
    cancelled: t('merge.cancelled'),
    call: (job) => client.copies.merge({ project: project.handle, path: copy, job }),
    done: (counts) => {
      tell(project, counts, changes)
      const view = currentView()
      if (view?.type === 'merge' && view.copy === copy) showView({ type: 'none' })
      return null
    },
    again: () => void merge(project, copy, changes),
  })
}

/** Takes the merge back that was the last thing done. */
export function undoMerge(project: string): void {
  beginWork({
    project,
    words: t('merge.undoing'),
    cancelled: t('merge.not-undone'),
    call: (job) => client.projects.undo({ project, job }),
    done: () => {
      projectNotice.set({ project, words: t('merged.undone'), actions: [] })
      return null
    },
    again: () => undoMerge(project),
  })
}

export const sums = ({ items, versions, comments, decisions }: Pick<MergeCounts, 'items' | 'versions' | 'comments' | 'decisions'>) => ({
  items,
  versions,
  comments,
  decisions,
})

/** Says under the title bar what came in, with the way back and what to combine next. */
function tell(project: ProjectSummary, counts: MergeCounts, changes: readonly MergeChange[]): void {
  const { both } = groupChanges(changes)
  const words = [
    Object.values(sums(counts)).some((count) => count > 0) ? t('merged.done', sums(counts)) : t('merged.again'),
    ...(counts.secondHeads > 0 ? [t('merged.heads', { count: counts.secondHeads })] : []),
    ...(counts.refused.length > 0 ? [t('merged.refused', { count: counts.refused.length })] : []),
  ]
  projectNotice.set({
    project: project.handle,
    words: words.join(' '),
    undoes: 'undo.merge',
    actions: both
      .slice(0, 3)
      .map(({ item, title }) => ({ name: t('merged.combine', { title }), combines: item, run: () => showView({ type: 'item', item, mode: 'combine' }) })),
  })
}
