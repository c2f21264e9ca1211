import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { useDesk } from '../../../state/desk.js'
import { showView } from '../../../state/route.js'
import { studio } from '../../../studio.js'
import { selectVersion } from './use-versions.js'

/** Versions of other items that were started from or read to make this one. */
export function RecipeSources({ project, version }: { readonly project: string; readonly version: VersionSummary }) {
  const sources = 'sources' in version.recipe ? version.recipe.sources.filter((source) => !version.parents.includes(source.version)) : []
  return sources.map((source) => (
    <Source key={source.version} project={project} version={source.version} label={t(source.role === 'illustrates' ? 'recipe.image.for' : source.role === 'read' ? 'recipe.image.read' : 'recipe.image.starts-from')} />
  ))
}

function Source({ project, version, label }: { readonly project: string; readonly version: string; readonly label: string }) {
  const { items } = useDesk(project)
  const source = useQuery(studio.items.version.queryOptions({ input: { project, version } })).data
  const title = items.find((item) => item.id === source?.item)?.title
  if (!source || title === undefined) return null
  const open = (): void => { selectVersion(source.item, source.id); showView({ type: 'item', item: source.item }) }
  return <><dt>{label}</dt><dd><Button className="link" onPress={open}>{t('lineage.selected', { title, number: source.ordinal })}</Button></dd></>
}
