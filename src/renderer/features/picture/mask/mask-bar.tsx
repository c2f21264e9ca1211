import type { PictureCapabilities } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Button, IconButton } from '../../../ui/button.js'
import { Slider } from '../../../ui/slider.js'
import { addAct, changeSoft, hasPaint, redoAct, undoAct, type Mask } from './mask-state.js'

interface MaskBarProps {
  /** What the chosen model can do, once that is known. */
  readonly can: PictureCapabilities | undefined
  readonly version: string
  readonly mask: Mask
  readonly brush: number
  readonly mostBrush: number
  readonly onBrush: (size: number) => void
  readonly onLeave: () => void
}

/** How wide the brush is, how soft the edge, and what can be done with all that is painted. */
export function MaskBar({ can, version, mask, brush, mostBrush, onBrush, onLeave }: MaskBarProps) {
  return (
    <div className="floating-bar mask-bar" role="group" aria-label={t('mask.bar')}>
      {can && !can.operations.includes('inpaint') ? <p className="hint mask-hint">{t('mask.cannot', { model: can.model.name })}</p> : null}
      <div className="row mask-row">
        <span className="small secondary">{t('mask.brush')}</span>
        <Slider label={t('mask.brush-size')} hideLabel value={Math.min(brush, mostBrush)} min={2} max={mostBrush} onChange={onBrush} />
        <span className="small mask-value">{brush}</span>
        <span className="divider" />
        <span className="small secondary">{t('mask.soft')}</span>
        <Slider label={t('mask.soft')} hideLabel value={mask.soft} min={0} max={40} onChange={(soft) => changeSoft(version, soft)} />
        <span className="small mask-value">{mask.soft}</span>
        <span className="divider" />
        <IconButton small icon="undo" label={t('mask.undo')} keys="Ctrl+Z" isDisabled={mask.acts.length === 0} onPress={() => undoAct(version)} />
        <IconButton small icon="redo" label={t('mask.redo')} keys="Ctrl+Shift+Z" isDisabled={mask.undone.length === 0} onPress={() => redoAct(version)} />
        <Button size="small" look="quiet" onPress={() => addAct(version, { kind: 'invert' })}>{t('mask.invert')}</Button>
        <Button size="small" look="quiet" isDisabled={!hasPaint(mask)} onPress={() => addAct(version, { kind: 'clear' })}>{t('mask.clear')}</Button>
        <Button size="small" keys="Esc" onPress={onLeave}>{t('mask.done')}</Button>
      </div>
    </div>
  )
}
