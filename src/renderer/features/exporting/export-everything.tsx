import './exporting.css'
import { useState } from 'react'
import type { ProjectSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { useStore } from '../../state/store.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { Icon } from '../../ui/icon.js'
import { Segments } from '../../ui/segments.js'
import { Select } from '../../ui/select.js'
import { Tick } from '../../ui/tick.js'
import { exportDialog, exportEverything, fileName, type ExportWishes } from './export-commands.js'

/** The dialog that hands a whole project over, while it is asked for. */
export function ExportEverything({ project }: { readonly project: ProjectSummary }) {
  return useStore(exportDialog) ? <Wishes project={project} /> : null
}

function Wishes({ project }: { readonly project: ProjectSummary }) {
  const [wishes, setWishes] = useState<ExportWishes>({ into: 'zip', pictures: 'as-they-are', prompts: false })
  const wish = (more: Partial<ExportWishes>): void => setWishes({ ...wishes, ...more })
  const close = (): void => exportDialog.set(false)
  const go = (): void => void exportEverything(project, wishes).then((began) => { if (began) close() })
  return (
    <Dialog
      title={t('export-all.title')} onClose={close} onSubmit={go}
      foot={<>
        <Button look="quiet" onPress={close}>{t('general.cancel')}</Button>
        <Button look="primary" icon="export" type="submit">{t('export-all.go')}</Button>
      </>}
    >
      <div className="export-all">
        <p>{t('export-all.lead', { items: project.counts.items, title: project.title })}</p>
        <div>
          <Segments<ExportWishes['into']>
            label={t('export-all.into')} value={wishes.into} onChange={(into) => wish({ into })}
            choices={[{ id: 'zip', name: t('export-all.zip') }, { id: 'folder', name: t('export-all.folder') }]}
          />
          <p className="hint">{wishes.into === 'zip' ? t('export-all.zip-hint') : t('export-all.folder-hint', { name: fileName(project.title) })}</p>
        </div>
        <Select<ExportWishes['pictures']>
          label={t('export-all.pictures')} value={wishes.pictures} onChange={(pictures) => wish({ pictures })}
          choices={(['as-they-are', 'png'] as const).map((id) => ({ id, name: t(`export-all.pictures-${id}`), about: t(`export-all.pictures-${id}-about`) }))}
        />
        <Tick label={t('export-all.prompts')} hint={t('export-all.prompts-hint')} isSelected={wishes.prompts} onChange={(prompts) => wish({ prompts })} />
        <ul className="reasons">
          <li><Icon name="text" small /><span>{t('export-all.texts')}</span></li>
          <li><Icon name="image" small /><span>{t('export-all.set-aside')}</span></li>
        </ul>
      </div>
    </Dialog>
  )
}
