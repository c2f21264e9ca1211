import { t } from '../../../messages/t.js'
import { useTextSelection } from '../../writing/index.js'

/** How much of a selection is shown, in characters. */
const shown = 120

/** The words that are asked about: while the brief is typed, the selection is not to be seen in the text itself. */
export function SelectedWords({ item }: { readonly item: string }) {
  const words = useTextSelection(item)?.text.replace(/\s+/g, ' ').trim() ?? ''
  if (words === '') return null
  return <p className="hint selected-words" title={t('make.selected')}>“{words.length > shown ? `${words.slice(0, shown)}…` : words}”</p>
}
