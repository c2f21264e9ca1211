import './crop.css'
import { Input, Label, NumberField } from 'react-aria-components'
import { t } from '../../../messages/t.js'
import { Button, IconButton } from '../../../ui/button.js'
import { ErrorNotice } from '../../../ui/error-notice.js'
import { Select } from '../../../ui/select.js'
import { flipped, largestSide, resized, resultSize, seenSize, stepsOf, turned, withRatio } from './crop-state.js'
import { ratioChoices, ratioId } from './ratios.js'
import type { Crop } from './use-crop.js'

/** What can be done while a picture is cropped, with the size of the result in pixels. */
export function CropBar({ crop, onLeave }: { readonly crop: Crop; readonly onLeave: () => void }) {
  const { state, change, apply, isMaking, error } = crop
  if (!state) return null
  const size = resultSize(state)
  const choices = ratioChoices(seenSize(state))
  const isEnlarged = size.width > state.box.width
  return (
    <div className="floating-bar crop-bar" role="group" aria-label={t('crop.bar')}>
      {error ? <ErrorNotice error={error} steps={{ 'try-again': apply }} /> : null}
      {isEnlarged ? <p className="hint crop-hint">{t('crop.enlarged', { width: state.box.width, height: state.box.height })}</p> : null}
      <div className="row crop-row">
        <Select label={t('crop.ratio')} hideLabel choices={choices} value={ratioId(state.ratio, seenSize(state))} onChange={(id) => change((now) => withRatio(now, choices.find((one) => one.id === id)?.ratio ?? null))} />
        <span className="row crop-turns">
          <IconButton small icon="turn-left" label={t('crop.turn-left')} onPress={() => change((now) => turned(now, 270))} />
          <IconButton small icon="turn-right" label={t('crop.turn-right')} onPress={() => change((now) => turned(now, 90))} />
          <IconButton small icon="flip-across" label={t('crop.flip-across')} onPress={() => change((now) => flipped(now, 'horizontal'))} />
          <IconButton small icon="flip-down" label={t('crop.flip-down')} onPress={() => change((now) => flipped(now, 'vertical'))} />
        </span>
        <span className="divider" />
        <span className="row crop-size" role="group" aria-label={t('crop.size')}>
          <Side label={t('crop.width')} value={size.width} onChange={(width) => change((now) => resized(now, { width }))} />
          <span aria-hidden="true">×</span>
          <Side label={t('crop.height')} value={size.height} onChange={(height) => change((now) => resized(now, { height }))} />
          <span className="small secondary">{t('crop.pixels')}</span>
        </span>
        <span className="divider" />
        <Button size="small" keys="Enter" isDisabled={isMaking || stepsOf(state).length === 0} onPress={apply}>{t(isMaking ? 'crop.making' : 'crop.apply')}</Button>
        <Button size="small" look="quiet" keys="Esc" onPress={onLeave}>{t('general.cancel')}</Button>
      </div>
      <p className="visually-hidden" role="status">{t('crop.status', { width: size.width, height: size.height })}</p>
    </div>
  )
}

function Side({ label, value, onChange }: { readonly label: string; readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <NumberField className="crop-side" value={value} minValue={1} maxValue={largestSide} step={1} formatOptions={{ useGrouping: false }} onChange={(next) => { if (Number.isFinite(next)) onChange(next) }}>
      <Label className="visually-hidden">{label}</Label>
      <Input className="input number" />
    </NumberField>
  )
}
