import type { MeaningState } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { openSettings } from '../../state/overlay.js'
import { Button } from '../../ui/button.js'
import { meaningSentence } from './meaning-sentence.js'

/** Stands under what was found, where search by meaning is not whole. */
export function MeaningNote({ state }: { readonly state: MeaningState | undefined }) {
  const sentence = state ? meaningSentence(state) : null
  if (sentence === null) return null
  return (
    <p className="meaning-note small secondary">
      <span>{sentence}</span>
      {state?.state === 'off' ? <Button size="small" look="quiet" onPress={() => openSettings('models')}>{t('workspace.settings')}</Button> : null}
    </p>
  )
}
