import './compare.css'
import { useState, type ReactNode } from 'react'
import { pictureUrl, type ItemSummary, type ProjectSummary, type VersionSummary } from '../../../../contract/index.js'
import { formatWhen } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { IconButton } from '../../../ui/button.js'
import { EmptyState } from '../../../ui/empty-state.js'
import { Loading } from '../../../ui/loading.js'
import { Segments } from '../../../ui/segments.js'
import { Select } from '../../../ui/select.js'
import { useVersions } from '../../inspector/versions/use-versions.js'
import { versionTitle } from '../../inspector/versions/recipe-words.js'
import { PictureToolbar } from '../picture-toolbar.js'
import { altOf } from '../view/words.js'
import { CompareRecipes } from './compare-recipes.js'
import { pairOf } from './pair.js'
import { PairTable, type How, type PairSide } from './pair-table.js'

interface PictureCompareProps {
  readonly project: ProjectSummary
  readonly item: ItemSummary
  readonly old: string | undefined
  readonly fresh: string | undefined
  /** The version that lay on the table. */
  readonly shown: string | undefined
  readonly views: ReactNode
}

/** Two versions of a picture: over each other with a divider, side by side, or only what differs. */
export function PictureCompare({ project, item, old, fresh, shown, views }: PictureCompareProps) {
  const [how, setHow] = useState<How>('slider')
  const { query, versions } = useVersions(project.handle, item.id)
  const pair = pairOf(versions, old, fresh, shown)
  return (
    <div className="picture-work picture-compare">
      <PictureToolbar project={project} item={item}>
        {pair ? (
          <Segments<How>
            label={t('compare.how')} hideLabel value={how} onChange={setHow}
            choices={[{ id: 'slider', name: t('compare.slider') }, { id: 'side-by-side', name: t('compare.side-by-side') }, { id: 'difference', name: t('compare.difference') }]}
          />
        ) : null}
        <span className="divider" />
        {views}
      </PictureToolbar>
      {query.isPending ? <Loading text={t('compare.reading')} /> : pair ? <Pair project={project.handle} item={item} versions={versions} old={pair[0]} fresh={pair[1]} how={how} /> : (
        <div className="work-middle"><EmptyState title={t('compare.too-few')}>{t('compare.too-few-pictures')}</EmptyState></div>
      )}
    </div>
  )
}

interface PairProps {
  readonly project: string
  readonly item: ItemSummary
  readonly versions: readonly VersionSummary[]
  readonly old: VersionSummary
  readonly fresh: VersionSummary
  readonly how: How
}

function Pair({ project, item, versions, old, fresh, how }: PairProps) {
  const show = (a: string, b: string): void => showView({ type: 'item', item: item.id, mode: 'compare', old: a, fresh: b })
  const side = (version: VersionSummary): PairSide => ({ hash: version.content.type === 'blob' ? version.content.hash : '', alt: altOf(item.title, version), ordinal: version.ordinal })
  const { content } = fresh
  const size = content.type === 'blob' && content.width && content.height ? { width: content.width, height: content.height } : { width: 512, height: 512 }
  return (
    <>
      <div className="compare-picks">
        <Pick project={project} label={t('compare.old')} versions={versions} value={old} onChange={(id) => show(id, fresh.id)} />
        <IconButton icon="swap" label={t('compare.swap')} onPress={() => show(fresh.id, old.id)} />
        <Pick project={project} label={t('compare.fresh')} versions={versions} value={fresh} onChange={(id) => show(old.id, id)} />
      </div>
      <div className="compare-body">
        <PairTable project={project} label={t('compare.region', { old: old.ordinal, fresh: fresh.ordinal })} how={how} old={side(old)} fresh={side(fresh)} size={size} />
        <aside className="compare-side" aria-label={t('compare.differs')} tabIndex={0}><CompareRecipes versions={versions} old={old} fresh={fresh} /></aside>
      </div>
    </>
  )
}

interface PickProps {
  readonly project: string
  readonly label: string
  readonly versions: readonly VersionSummary[]
  readonly value: VersionSummary
  readonly onChange: (version: string) => void
}

function Pick({ project, label, versions, value, onChange }: PickProps) {
  const choices = versions.filter((version) => version.content.type === 'blob' && !version.removed).map((version) => ({ id: version.id, name: `${versionTitle(version)}, ${version.person.name}`, about: formatWhen(version.at) }))
  return (
    <div className="compare-pick">
      <span className="thumb">{value.content.type === 'blob' ? <img src={pictureUrl(project, value.content.hash, 160)} alt="" /> : null}</span>
      <Select label={label} hideLabel choices={choices} value={value.id} onChange={onChange} />
    </div>
  )
}
