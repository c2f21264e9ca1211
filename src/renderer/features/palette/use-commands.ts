import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { overlay } from '../../state/overlay.js'
import { goTo, showView, useRoute } from '../../state/route.js'
import { useChangeSettings } from '../../state/settings.js'
import type { IconName } from '../../ui/icon.js'
import { deskCommand } from '../desk/command.js'
import { openCopy, saveCopy } from '../copies/index.js'
import { addModel, type ModelFiles } from '../models/add.js'
import { enlargeShown } from '../picture/enlarge/enlarge-shown.js'
import { useEnlargement } from '../picture/enlarge/use-enlarging.js'
import { exportDialog, exportTexts } from '../exporting/index.js'
import { illustrate } from '../picture/illustrate.js'
import { useHasSelection } from '../writing/index.js'
import { useHistory } from '../workspace/use-history.js'
import { nextPane } from '../workspace/panes.js'

export interface Command {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly keys?: string
  readonly run: () => void
}

interface CommandContext {
  readonly project: ProjectSummary
  readonly onToggleDesk: () => void
  readonly onToggleQueue: () => void
}

/** What came of it is said among the models. */
function addAndShow(files: ModelFiles): void {
  void addModel(files).then((isChosen) => { if (isChosen) showView({ type: 'models' }) })
}

/** Everything that can be done by name. */
export function useCommands({ project, onToggleDesk, onToggleQueue }: CommandContext): readonly Command[] {
  const history = useHistory(project.handle)
  const settings = useChangeSettings()
  const route = useRoute()
  const shown = route.screen === 'project' && route.view.type === 'item' ? route.view.item : null
  const canIllustrate = useHasSelection(shown) && !project.readOnly
  const { items } = useDesk(project.handle)
  const enlargement = useEnlargement()
  const picture = items.find((one) => one.id === shown && one.kind === 'image' && one.versions > 0)
  return [
    { id: 'new-text', name: t('palette.new-text'), icon: 'text', run: () => deskCommand.send('text') },
    { id: 'new-picture', name: t('palette.new-picture'), icon: 'image', run: () => deskCommand.send('picture') },
    ...(canIllustrate && shown ? [{ id: 'illustrate', name: t('illustrate.action'), icon: 'image' as const, run: () => void illustrate(project.handle, shown) }] : []),
    ...(picture && enlargement && !project.readOnly ? [{ id: 'enlarge', name: t('enlarge.action', { factor: enlargement.factor }), icon: 'enlarge' as const, run: () => void enlargeShown(project.handle, picture.id) }] : []),
    { id: 'new-folder', name: t('palette.new-folder'), icon: 'folder-new', run: () => deskCommand.send('folder') },
    ...(project.readOnly ? [] : [{ id: 'bring-in', name: t('palette.bring-in'), icon: 'bring-in' as const, run: () => deskCommand.send('bring-in') }]),
    ...(history.canUndo ? [{ id: 'undo', name: history.undoLabel, icon: 'undo' as const, keys: 'Ctrl+Z', run: history.undo }] : []),
    ...(history.canRedo ? [{ id: 'redo', name: history.redoLabel, icon: 'redo' as const, keys: 'Ctrl+Shift+Z', run: history.redo }] : []),
    { id: 'waiting', name: t('waiting.name'), icon: 'inbox', run: () => showView({ type: 'review' }) },
    { id: 'log', name: t('review.audit-log'), icon: 'log', run: () => showView({ type: 'log' }) },
    { id: 'export-all', name: t('export-all.name'), icon: 'export', run: () => exportDialog.set(true) },
    { id: 'export-texts', name: t('workspace.export-markdown'), icon: 'text', run: () => void exportTexts(project) },
    { id: 'save-copy', name: t('copies.save'), icon: 'copy', run: () => void saveCopy(project) },
    ...(project.readOnly ? [] : [{ id: 'open-copy', name: t('copies.open'), icon: 'merge' as const, run: () => void openCopy() }]),
    { id: 'gallery', name: t('palette.gallery'), icon: 'gallery', run: () => showView({ type: 'gallery' }) },
    { id: 'lineage', name: t('palette.lineage'), icon: 'lineage', run: () => showView({ type: 'lineage' }) },
    { id: 'models', name: t('workspace.models'), icon: 'models', run: () => showView({ type: 'models' }) },
    { id: 'add-model', name: t('palette.add-model'), icon: 'models', run: () => addAndShow('file') },
    { id: 'add-model-folder', name: t('palette.add-model-folder'), icon: 'models', run: () => addAndShow('folder') },
    { id: 'settings', name: t('workspace.settings'), icon: 'settings', run: () => overlay.set('settings') },
    { id: 'desk', name: t('palette.show-desk'), icon: 'pane-left', keys: 'Ctrl+\\', run: onToggleDesk },
    { id: 'queue', name: t('palette.show-queue'), icon: 'down', keys: 'Ctrl+J', run: onToggleQueue },
    { id: 'pane', name: t('palette.next-pane'), icon: 'keyboard', keys: 'F6', run: () => nextPane(1) },
    { id: 'light', name: t('palette.theme-light'), icon: 'theme', run: () => settings.mutate({ theme: 'light' }) },
    { id: 'dark', name: t('palette.theme-dark'), icon: 'theme', run: () => settings.mutate({ theme: 'dark' }) },
    { id: 'system', name: t('palette.theme-system'), icon: 'theme', run: () => settings.mutate({ theme: 'system' }) },
    { id: 'projects', name: t('general.all-projects'), icon: 'folder', run: () => goTo({ screen: 'welcome' }) },
  ]
}
