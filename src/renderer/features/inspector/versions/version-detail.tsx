import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { pictureUrl, type ProjectSummary, type VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { client } from '../../../studio.js'
import { Button } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Note } from '../../../ui/note.js'
import { flushText } from '../../writing/index.js'
import { RecipeActions } from '../../picture/recipe-actions.js'
import { RecipeFacts } from './recipe-facts.js'
import { madeLine, recipeLine } from './recipe-words.js'
import { RecipeSources } from './recipe-sources.js'
import { VersionPreview } from './version-preview.js'

interface VersionDetailProps {
  readonly project: ProjectSummary
  readonly version: VersionSummary
  /** Title of the item. */
  readonly title: string
  readonly versions: readonly VersionSummary[]
  readonly onSelect: (version: string) => void
}

export function VersionDetail({ project, version, title, versions, onSelect }: VersionDetailProps) {
  const [isOpen, setOpen] = useState(false)
  const restore = useMutation({
    mutationFn: async () => {
      await flushText(project.handle, version.item)
      return client.items.restore({ project: project.handle, version: version.id })
    },
  })
  const isPicture = version.content.type === 'blob'
  const open = (): void => { if (isPicture) { onSelect(version.id); showView({ type: 'item', item: version.item }) } else setOpen(true) }
  const parents = version.parents.map((id) => ({ id, ordinal: versions.find((one) => one.id === id)?.ordinal ?? null }))
  const pair = comparedWith(version, versions)
  return (
    <section className="split-detail" aria-label={t('recipe.title')}>
      <div className="pane-section">
        {version.content.type === 'blob' && !version.removed ? <span className="thumb version-thumb"><img src={pictureUrl(project.handle, version.content.hash, 320)} alt="" /></span> : null}
        <h2 className="pane-head">{t('recipe.title')}<span className="more number">{t('versions.ordinal', { number: version.ordinal })}</span></h2>
        <RecipeFacts recipe={version.recipe} made={madeLine(version)}>
          <dt>{t('versions.parents')}</dt>
          <dd>
            {parents.length === 0
              ? t('versions.first')
              : parents.map(({ id, ordinal }, index) => (
                  <span key={id}>
                    {index > 0 ? ', ' : ''}
                    {ordinal === null ? (
                      t('versions.older')
                    ) : (
                      <AriaButton className="link" onPress={() => onSelect(id)}>
                        {t('versions.ordinal', { number: ordinal })}
                      </AriaButton>
                    )}
                  </span>
                ))}
          </dd>
          <RecipeSources project={project.handle} version={version} />
          {version.content.type === 'text' ? <><dt>{t('about.words')}</dt><dd className="number">{version.content.words}</dd></> : null}
        </RecipeFacts>
        {(version.proposals ?? []).map((proposal) => (
          <div key={proposal.id} className="proposal-recipe">
            <RecipeFacts recipe={proposal.recipe} made={recipeLine(proposal.recipe)}>
              <dt>{t('recipe.accepted')}</dt>
              <dd className="number">{t('recipe.accepted-value', { accepted: proposal.accepted, pieces: proposal.pieces })}</dd>
            </RecipeFacts>
          </div>
        ))}
        {restore.error ? <ErrorNotice error={restore.error} steps={{ 'try-again': () => restore.mutate() }} onClose={() => restore.reset()} /> : null}
        {restore.data ? (
          <div className="version-actions">
            <Note icon="check" onClose={() => restore.reset()}>
              {t('versions.restored', { from: version.ordinal })}
            </Note>
          </div>
        ) : null}
        <div className="version-actions">
          <Button size="small" icon="eye" isDisabled={version.removed} onPress={open}>
            {t('versions.open')}
          </Button>
          {pair ? (
            <Button
              size="small"
              icon="compare"
              isDisabled={version.removed}
              aria-label={t('compare.with-before', { number: pair.ordinal })}
              onPress={() => showView({ type: 'item', item: version.item, mode: 'compare', ...inOrder(version, pair) })}
            >
              {t('compare.compare')}
            </Button>
          ) : null}
          <Button
            size="small"
            icon="retry"
            isDisabled={version.removed || version.isHead || project.readOnly || restore.isPending}
            onPress={() => restore.mutate()}
          >
            {t('versions.restore')}
          </Button>
        </div>
      </div>
      {version.recipe.by === 'image-model' ? <RecipeActions project={project} version={version} recipe={version.recipe} />
        : version.recipe.by === 'hand' && version.recipe.edit ? <RecipeActions project={project} version={version} recipe={null} /> : null}
      {isOpen ? (
        <VersionPreview
          project={project.handle}
          version={version}
          title={title}
          onClose={() => setOpen(false)}
          onRestore={
            version.isHead || project.readOnly
              ? null
              : () => {
                  setOpen(false)
                  restore.mutate()
                }
          }
        />
      ) : null}
    </section>
  )
}

/** An older version is compared with the newest, the newest with what it was made from. */
function comparedWith(version: VersionSummary, versions: readonly VersionSummary[]): VersionSummary | null {
  const [newest] = versions
  if (newest && newest.id !== version.id) return newest
  return versions.find(({ id }) => version.parents.includes(id)) ?? versions.find(({ id }) => id !== version.id) ?? null
}

function inOrder(a: VersionSummary, b: VersionSummary): { old: string; fresh: string } {
  return a.ordinal < b.ordinal ? { old: a.id, fresh: b.id } : { old: b.id, fresh: a.id }
}
