import type { ProjectSummary } from '../../../contract/index.js'
import { fileTitle, folderOf } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { bridge } from '../../shell.js'
import { beginWork } from '../../state/file-work.js'
import { showView } from '../../state/route.js'
import { client } from '../../studio.js'
import { choosePath } from '../chooser/choose.js'

const endings = ['galley']

/** Asks where, and writes a copy for a colleague there. How it goes stands under the title bar. */
export async function saveCopy(project: ProjectSummary): Promise<void> {
  const path = await choosePath({
    title: t('copies.save-title'),
    kind: 'save',
    endings,
    filter: t('copies.files'),
    suggested: `${t('copies.suggested', { title: fileName(project.title) })}.galley`,
    replaces: false,
    start: folderOf(project.path),
  })
  if (path) writeCopy(project, path)
}

function writeCopy(project: ProjectSummary, path: string): void {
  const name = fileTitle(path)
  beginWork({
    project: project.handle,
    words: t('copies.saving', { name }),
    cancelled: t('copies.cancelled', { name }),
    call: (job) => client.copies.save({ project: project.handle, path, job }),
    done: (saved) => {
      const show = bridge()?.showInFolder
      return { words: t('copies.saved', { path: saved.path }), actions: show ? [{ name: t('workspace.show-in-folder'), run: () => void show(saved.path) }] : [] }
    },
    again: () => writeCopy(project, path),
    elsewhere: () => void saveCopy(project),
  })
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
