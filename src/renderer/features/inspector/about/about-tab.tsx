import { t } from '../../../messages/t.js'
import { formatWhenInside } from '../../../format/time.js'
import { EmptyState } from '../../../ui/empty-state.js'
import { Icon } from '../../../ui/icon.js'
import type { InspectorTabProps } from '../tab-props.js'
import { madeIcon, madeLine, modelsOf } from '../versions/recipe-words.js'
import { useSelectedVersion, useVersions } from '../versions/use-versions.js'
import { OriginRecord } from './origin-record.js'

/** How the chosen version came to be, whose words it holds, and what leaves this computer. */
export function AboutTab({ project, item }: InspectorTabProps) {
  const { query, versions } = useVersions(project.handle, item)
  const [chosen] = useSelectedVersion(item)
  const version = versions.find((one) => one.id === chosen) ?? versions[0]
  if (query.isPending) return null
  if (!version) return <EmptyState title={t('versions.none')}>{t('about.no-version')}</EmptyState>
  const past = versions.slice(versions.indexOf(version))
  const models = modelsOf(past)
  const steps = past.slice(0, 6)
  const hasUnlisted = models.size === 0 && past.some((one) => one.reason === 'proposal')
  return (
    <div className="pane-scroll" tabIndex={0} role="group" aria-label={t('inspector.about')}>
      <div className="pane-section">
        <h2 className="pane-head">
          {t('about.how')}
          <span className="more number">{t('versions.ordinal', { number: version.ordinal })}</span>
        </h2>
        <ol className="made-steps">
          {steps.map((one) => (
            <li key={one.id}>
              <Icon name={madeIcon(one)} small />
              <span>
                {madeLine(one)}
                <br />
                <span className="faint">
                  {one.person.name}, {t('review.when', { number: one.ordinal, time: formatWhenInside(one.at) })}
                </span>
              </span>
            </li>
          ))}
        </ol>
      </div>
      {version.content.type === 'text' ? <OriginRecord project={project.handle} version={version.id} words={version.content.words} /> : null}
      <div className="pane-section">
        <h2 className="pane-head">{t('about.licences')}</h2>
        {models.size === 0 ? (
          <p className="small secondary">{t(hasUnlisted ? 'about.licence-unlisted' : 'about.licence-none')}</p>
        ) : (
          <dl className="facts small">
            {[...models.values()].map((model) => (
              <Licence key={model.hash} name={model.name} licence={model.licence} />
            ))}
          </dl>
        )}
      </div>
      <div className="pane-section">
        <h2 className="pane-head">{t('about.leaves')}</h2>
        <ul className="reasons">
          <li>
            <Icon name="offline" small />
            <span>{t('about.leaves-nothing')}</span>
          </li>
          <li>
            <Icon name="export" small />
            <span>{t(version.content.type === 'text' ? 'about.leaves-export' : 'about.leaves-export-picture')}</span>
          </li>
        </ul>
      </div>
    </div>
  )
}

function Licence({ name, licence }: { readonly name: string; readonly licence: string | undefined }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{licence ?? t('about.licence-unknown')}</dd>
    </>
  )
}
