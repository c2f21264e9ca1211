import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { pictureUrl, type ProjectSummary, type VersionSummary } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { remember } from '../../state/layout.js'
import { showView } from '../../state/route.js'
import { client, studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Icon } from '../../ui/icon.js'
import { useJobs } from '../queue/use-jobs.js'
import { remakeLine } from './job-frames.js'
import { changeWish, wishOf, type PictureRecipe } from './make/wish.js'
import { forgetMask, takeStencil } from './mask/mask-state.js'
import { remakes, useRemake } from './remakes.js'

interface RecipeActionsProps {
  readonly project: ProjectSummary
  readonly version: VersionSummary
  /** Null for what a person did by hand: there is nothing to ask a model for again. */
  readonly recipe: PictureRecipe | null
}

/** What can be done with the recipe of a picture: put it into *Make* again, or make the picture again and compare the bytes. */
export function RecipeActions({ project, version, recipe }: RecipeActionsProps) {
  const queries = useQueryClient()
  const recall = useMutation({
    mutationFn: async () => {
      if (!recipe) return
      const models = await client.models.list()
      await recallMask(project.handle, recipe)
      changeWish(version.item, wishOf(recipe, models.find((model) => model.hash === recipe.model.hash)?.id ?? null))
      const place = { project: project.handle, item: version.item }
      if (!project.readOnly) await client.texts.changeBrief({ ...place, brief: recipe.prompt })
      queries.setQueryData(studio.texts.brief.queryKey({ input: place }), { brief: recipe.prompt })
      remember('inspector.tab', 'make')
      showView({ type: 'item', item: version.item })
    },
  })
  return (
    <div className="pane-section recipe-actions-section">
      <div className="recipe-actions">
        {recipe && recipe.operation !== 'upscale' ? <Button icon="history" isDisabled={recall.isPending} onPress={() => recall.mutate()}>{t('recall.action')}</Button> : null}
        {recall.error ? <ErrorNotice error={recall.error} onClose={() => recall.reset()} /> : null}
        <Remake project={project.handle} version={version.id} canMake={!version.removed} />
      </div>
    </div>
  )
}

/** The mask through which a part was painted lies on its picture again. Errors: `not-found` where it was removed for good. */
async function recallMask(project: string, { sources }: PictureRecipe): Promise<void> {
  const [image, mask] = (['image', 'mask'] as const).map((role) => sources.find((source) => source.role === role)?.version)
  if (!image) return
  if (!mask) return forgetMask(image)
  const { content } = await client.items.version({ project, version: mask })
  if (content.type !== 'blob') return
  const picture = new Image()
  picture.src = pictureUrl(project, content.hash)
  await picture.decode()
  takeStencil(image, picture)
}

function Remake({ project, version, canMake }: { readonly project: string; readonly version: string; readonly canMake: boolean }) {
  const outlook = useQuery(studio.pictures.remakeOutlook.queryOptions({ input: { project, version } })).data
  const job = useRemake(version)
  const { jobs } = useJobs()
  const view = jobs.find((one) => one.id === job)
  const remake = useMutation(studio.pictures.remake.mutationOptions({ onSuccess: (made) => remakes.set((before) => ({ ...before, [version]: made.job })) }))
  const isRunning = view?.state === 'running' || view?.state === 'waiting'
  return (
    <>
      <Button icon="retry" isDisabled={!canMake || !outlook?.possible || isRunning || remake.isPending} onPress={() => remake.mutate({ project, version })}>{t('remake.action')}</Button>
      {remake.error ? <ErrorNotice error={remake.error} onClose={() => remake.reset()} /> : null}
      <p className="row small remake-line" role="status">
        {isRunning ? <span className="secondary">{t('remake.running')}</span> : view?.remake ? (
          <><Icon name={view.remake.identical ? 'check' : 'info'} small className={view.remake.identical ? 'well' : 'warned'} /><span className={view.remake.identical ? 'well' : ''}>{remakeLine(view.remake)}</span></>
        ) : outlook ? <span className="secondary">{outlook.reasons.length > 0 ? outlook.reasons.map((reason) => t(`remake.reason.${reason}`)).join(' ') : t(outlook.exact ? 'remake.exact' : 'remake.not-exact')}</span> : null}
      </p>
    </>
  )
}
