import { t } from '../../../messages/t.js'
import { showView } from '../../../state/route.js'
import { Button } from '../../../ui/button.js'
import { Note } from '../../../ui/note.js'
import { forgetMask } from './mask-state.js'
import { wantsBrush } from './tool-wish.js'

function beginPainting(item: string): void {
  showView({ type: 'item', item })
  wantsBrush.set(item)
}

/** Begins to paint on the picture. */
export function BeginPart({ item }: { readonly item: string }) {
  return <Button size="small" look="quiet" icon="brush" onPress={() => beginPainting(item)}>{t('mask.begin')}</Button>
}

interface PartNoteProps {
  readonly item: string
  /** The picture that is started from. */
  readonly version: string
  readonly isDemo: boolean
}

/** Says that only what was painted over changes. */
export function PartNote({ item, version, isDemo }: PartNoteProps) {
  return (
    <div className="field">
      <Note
        icon="brush"
        actions={<>
          <Button size="small" look="quiet" onPress={() => beginPainting(item)}>{t('mask.edit')}</Button>
          <Button size="small" look="quiet" onPress={() => forgetMask(version)}>{t('mask.forget')}</Button>
        </>}
      >
        {t('mask.only')}{isDemo ? ` ${t('mask.demo')}` : ''}
      </Note>
    </div>
  )
}
