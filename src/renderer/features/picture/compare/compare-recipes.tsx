import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { compareRecipes, recipeFacts } from './recipe-difference.js'

interface CompareRecipesProps {
  readonly versions: readonly VersionSummary[]
  readonly old: VersionSummary
  readonly fresh: VersionSummary
}

/** What was done otherwise, struck and underlined as in a text, and what was the same. */
export function CompareRecipes({ versions, old, fresh }: CompareRecipesProps) {
  const nameOf = (id: string): string => {
    const version = versions.find((one) => one.id === id)
    return version ? t('versions.ordinal', { number: version.ordinal }) : t('versions.older')
  }
  const { differs, same } = compareRecipes(recipeFacts(old.recipe, nameOf), recipeFacts(fresh.recipe, nameOf))
  return (
    <>
      <h3 className="pane-head">{t('compare.differs')}</h3>
      {differs.length === 0 ? <p className="small secondary">{t('compare.nothing-differs')}</p> : (
        <dl className="facts recipe-diff">
          {differs.map((row) => <div key={row.id} className="fact-row"><dt>{row.name}</dt><dd>{row.old ? <del>{row.old}</del> : null} {row.fresh ? <ins>{row.fresh}</ins> : null}</dd></div>)}
        </dl>
      )}
      {same.length > 0 ? (
        <>
          <h3 className="pane-head compare-same">{t('compare.same-recipe')}</h3>
          <dl className="facts">{same.map((fact) => <div key={fact.id} className="fact-row"><dt>{fact.name}</dt><dd>{fact.value}</dd></div>)}</dl>
        </>
      ) : null}
    </>
  )
}
