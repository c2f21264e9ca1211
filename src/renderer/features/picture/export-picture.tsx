import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Recipe, VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { bridge } from '../../shell.js'
import { useSettings } from '../../state/settings.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { Dialog } from '../../ui/dialog.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { Note } from '../../ui/note.js'
import { Select } from '../../ui/select.js'
import { Tick } from '../../ui/tick.js'
import { useVersions } from '../inspector/versions/use-versions.js'
import { choosePath } from '../chooser/choose.js'
import type { PictureRecipe } from './make/wish.js'
import { hasClearBackground, recipesBehind } from './shown-source.js'

type Format = 'png' | 'jpeg' | 'webp' | 'avif'
const endings: Record<Format, string> = { png: 'png', jpeg: 'jpg', webp: 'webp', avif: 'avif' }

interface ExportPictureProps {
  readonly project: string
  readonly title: string
  readonly version: VersionSummary
  readonly onClose: () => void
}

/** Writes a version of a picture into a file that says how it came to be. */
export function ExportPicture({ project, title, version, onClose }: ExportPictureProps) {
  const [format, setFormat] = useState<Format>('png')
  const [tellsPrompt, setTellsPrompt] = useState(false)
  const settings = useSettings()
  const state = useQuery(studio.review.view.queryOptions({ input: { project, item: version.item } })).data?.state
  const write = useMutation(studio.exchange.exportPicture.mutationOptions())
  const { versions } = useVersions(project, version.item)
  const recipes = recipesBehind(version, versions)
  const drawn = recipes.find(isDrawn)
  const hasModel = recipes.some(({ by }) => by === 'image-model')
  // A picture that a model drew here says whether it is; one that was brought in may be, unless it is a JPEG itself.
  const mayBeTransparent = drawn && drawn.operation !== 'inpaint' ? hasClearBackground(version, versions) : version.content.type === 'blob' && version.content.mediaType !== 'image/jpeg'
  const showInFolder = bridge()?.showInFolder

  async function choose(): Promise<void> {
    const suggested = `${title.replace(/[\\/:*?"<>|]/g, '-').slice(0, 120)} ${version.ordinal}.${endings[format]}`
    const start = settings?.projectsFolder
    const path = await choosePath({ title: t('export-picture.title'), kind: 'save', endings: [endings[format]], suggested, ...(start ? { start } : {}) })
    if (path) write.mutate({ project, version: version.id, path, format, prompts: tellsPrompt })
  }

  return (
    <Dialog
      title={t('export-picture.title')} onClose={onClose}
      foot={write.data ? <Button look="primary" onPress={onClose}>{t('general.close')}</Button> : <>
        <Button look="quiet" onPress={onClose}>{t('general.cancel')}</Button>
        <Button look="primary" icon="export" isDisabled={write.isPending} onPress={() => void choose()}>{t('export-picture.export')}</Button>
      </>}
    >
      {write.data ? (
        <Note icon="check" actions={showInFolder ? <Button size="small" onPress={() => void showInFolder(write.data.path)}>{t('workspace.show-in-folder')}</Button> : null}>
          {t('export-picture.done', { path: write.data.path })}
        </Note>
      ) : (
        <>
          <Select<Format>
            label={t('export-picture.format')} value={format} onChange={setFormat}
            choices={(['png', 'jpeg', 'webp', 'avif'] as const).map((id) => ({ id, name: t(`export-picture.${id}`) }))}
          />
          <ul className="reasons export-says">
            <li><Icon name={hasModel ? 'chip' : 'file'} small /><span>{originLine(recipes)}</span></li>
            {format === 'jpeg' && mayBeTransparent ? <li><Icon name="info" small /><span>{t('export-picture.flat')}</span></li> : null}
            {state && state !== 'approved' && state !== 'published' ? <li><Icon name="info" small /><span>{t('export-picture.not-approved')}</span></li> : null}
          </ul>
          {drawn ? (
            <Tick label={t('export-picture.prompt')} hint={t('export-picture.prompt-hint')} isSelected={tellsPrompt} onChange={setTellsPrompt} />
          ) : null}
          {write.error ? <ErrorNotice error={write.error} steps={{ 'try-again': () => void choose() }} /> : null}
        </>
      )}
    </Dialog>
  )
}

const isDrawn = (recipe: Recipe): recipe is PictureRecipe => recipe.by === 'image-model' && recipe.operation !== 'upscale'

/** Which models the file will name. */
function originLine(recipes: readonly Recipe[]): string {
  const drawn = recipes.find(isDrawn)
  const enlarged = recipes.find((recipe): recipe is PictureRecipe => recipe.by === 'image-model' && recipe.operation === 'upscale')
  if (drawn) return enlarged ? t('export-picture.says-both', { model: drawn.model.name, enlarger: enlarged.model.name }) : t('export-picture.says', { model: drawn.model.name })
  return enlarged ? t('export-picture.says-enlarged', { model: enlarged.model.name }) : t('export-picture.by-hand')
}
