import './compare.css'
import { t } from '../../messages/t.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { Loading } from '../../ui/loading.js'
import { Block } from './block.js'
import { useComparison, type ComparedTexts } from './use-comparison.js'

interface ComparisonProps {
  readonly texts: ComparedTexts
  readonly layout: 'words' | 'side-by-side'
}

/** Two versions of a text with the words that differ, in one column or in two. */
export function Comparison({ texts, layout }: ComparisonProps) {
  const { blocks, error, retry } = useComparison(texts)
  if (error) return <ErrorNotice error={error} steps={{ 'try-again': retry }} />
  if (!blocks) return <Loading text={t('compare.reading')} />
  const isSame = blocks.every(({ kind }) => kind === 'same')
  const note = isSame ? <p className="compare-note small secondary">{t('compare.same')}</p> : null
  if (layout === 'words') {
    return <article className="manuscript comparison">{note}{blocks.map((block, index) => <Block key={index} block={block} side="both" />)}</article>
  }
  return (
    <article className="manuscript comparison comparison-pair">
      {note}
      {blocks.map((block, index) => (
        <div key={index} className="compare-row"><Block block={block} side="old" /><Block block={block} side="fresh" /></div>
      ))}
    </article>
  )
}
