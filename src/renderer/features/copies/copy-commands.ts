import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { projectNotice } from '../../state/notice.js'
import { showView } from '../../state/route.js'
import { client } from '../../studio.js'
import { choosePath } from '../chooser/choose.js'

const endings = ['galley']

/** Asks where, and writes a copy for a colleague there. How it went stands under the title bar. */
export async function saveCopy(project: ProjectSummary): Promise<void> {
  const path = await choosePath({
    title: t('copies.save-title'),
    kind: 'save',
    endings,
    filter: t('copies.files'),
    suggested: `${t('copies.suggested', { title: fileName(project.title) })}.galley`,
  })
  if (!path) return
  const notice = { project: project.handle, actions: [] }
  try {
    const saved = await client.copies.save({ project: project.handle, path })
    projectNotice.set({ ...notice, words: t('copies.saved', { path: saved.path }) })
  } catch (error) {
    projectNotice.set({ ...notice, words: '', error })
  }
}

/** Asks for a colleague's copy, and shows what it would bring. */
export async function openCopy(): Promise<void> {
  const path = await choosePath({ title: t('copies.open').replace('…', ''), kind: 'file', endings, filter: t('copies.files') })
  if (path) showView({ type: 'merge', copy: path })
}

/** A title without what file systems do not take. */
const fileName = (title: string): string =>
  title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim() || 'Project'
