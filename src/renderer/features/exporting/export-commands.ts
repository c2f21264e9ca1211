import type { ProjectSummary } from '../../../contract/index.js'
import { fileTitle, folderOf } from '../../format/size.js'
import { t } from '../../messages/t.js'
import { bridge } from '../../shell.js'
import { beginWork, type WorkResult } from '../../state/file-work.js'
import { createStore } from '../../state/store.js'
import { client } from '../../studio.js'
import { choosePath } from '../chooser/choose.js'

/** Whether the dialog that exports everything is open. */
export const exportDialog = createStore(false)

export interface ExportWishes {
  readonly into: 'zip' | 'folder'
  readonly pictures: 'as-they-are' | 'png'
  readonly prompts: boolean
}

/** A title without what file systems do not take. */
export const fileName = (title: string): string =>
  title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '') || t('export-all.title')

const joined = (folder: string, name: string): string => {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

/** Says where it is, and shows it there where the shell can. */
function whereIs(words: string, path: string): WorkResult {
  const show = bridge()?.showInFolder
  return { words, actions: show ? [{ name: t('workspace.show-in-folder'), run: () => void show(path) }] : [] }
}

/** Asks where to, and exports everything there. Answers whether it began. */
export async function exportEverything(project: ProjectSummary, wishes: ExportWishes): Promise<boolean> {
  const start = folderOf(project.path)
  const chosen = wishes.into === 'zip'
    ? await choosePath({ title: t('export-all.title'), kind: 'save', endings: ['zip'], filter: 'ZIP', suggested: `${fileName(project.title)}.zip`, start })
    : await choosePath({ title: t('export-all.title'), kind: 'folder', endings: [], start })
  if (!chosen) return false
  write(project, wishes, wishes.into === 'zip' ? chosen : joined(chosen, fileName(project.title)))
  return true
}

function write(project: ProjectSummary, wishes: ExportWishes, path: string): void {
  const { pictures, prompts } = wishes
  const name = fileTitle(path)
  beginWork({
    project: project.handle, words: t('export-all.running', { name }), cancelled: t('export-all.cancelled', { name }),
    call: (job) => client.exchange.exportAll({ project: project.handle, path, pictures, prompts, job }),
    done: ({ files }) => whereIs(t('export-all.done', { count: files.length, path }), path),
    again: () => write(project, wishes, path),
    elsewhere: () => void exportEverything(project, wishes),
  })
}

/** Asks for a folder, and writes all texts into it. */
export async function exportTexts(project: ProjectSummary): Promise<void> {
  const folder = await choosePath({ title: t('chooser.folder'), kind: 'folder', endings: [], start: folderOf(project.path) })
  if (folder) writeTexts(project, folder)
}

function writeTexts(project: ProjectSummary, folder: string): void {
  const name = fileTitle(folder)
  beginWork({
    project: project.handle, words: t('export-texts.running', { name }), cancelled: t('export-all.cancelled', { name }),
    call: (job) => client.exchange.exportMarkdown({ project: project.handle, folder, job }),
    done: ({ files }) => whereIs(t('export-texts.done', { count: files.length, path: folder }), folder),
    again: () => writeTexts(project, folder),
    elsewhere: () => void exportTexts(project),
  })
}
