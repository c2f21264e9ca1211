import './copies.css'
import { useMutation } from '@tanstack/react-query'
import { pictureUrl, type ItemSummary, type ProjectSummary } from '../../../contract/index.js'
import { formatWhen } from '../../format/time.js'
import { t } from '../../messages/t.js'
import { showView } from '../../state/route.js'
import { studio } from '../../studio.js'
import { Button } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { useVersions } from '../inspector/versions/use-versions.js'

/** Heads of a picture beside each other: one is kept, or they stay as siblings. */
export function CombinePicture({ project, item }: { readonly project: ProjectSummary; readonly item: ItemSummary }) {
  const { versions } = useVersions(project.handle, item.id)
  const heads = item.heads.flatMap((id) => versions.find((version) => version.id === id) ?? [])
  const back = (): void => showView({ type: 'item', item: item.id })
  const combine = useMutation(studio.copies.combine.mutationOptions({ onSuccess: back }))
  return (
    <div className="combine-pictures">
      <div className="toolbar">
        <h2 className="crumbs">
          <strong>{item.title}</strong>
        </h2>
        <span className="gap" />
        <Button onPress={back}>{t('combine.keep-both')}</Button>
      </div>
      <p className="secondary combine-lead">{t('combine.picture-lead', { title: item.title })}</p>
      {combine.error ? <ErrorNotice error={combine.error} onClose={() => combine.reset()} /> : null}
      <ul className="combine-heads">
        {heads.map(({ id, ordinal, person, at, content }) => (
          <li key={id}>
            <figure>
              {content.type === 'blob' ? (
                <img src={pictureUrl(project.handle, content.hash, 640)} alt={t('compare.picture-of', { number: ordinal, title: item.title })} />
              ) : null}
              <figcaption className="number">
                <span className="medium">{t('versions.ordinal', { number: ordinal })}</span>, {person.name}, {formatWhen(at)}
              </figcaption>
            </figure>
            <Button isDisabled={combine.isPending || project.readOnly} onPress={() => combine.mutate({ project: project.handle, item: item.id, keep: id })}>
              {t('combine.keep', { number: ordinal })}
            </Button>
          </li>
        ))}
      </ul>
      <p className="hint combine-lead">{t('combine.keep-hint')}</p>
    </div>
  )
}
