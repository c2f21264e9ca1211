import { t } from '../../../messages/t.js'
import { Frame } from '../frame/frame.js'
import { cropLimits, type CropState } from './crop-state.js'
import type { Crop } from './use-crop.js'

interface CropFrameProps {
  readonly crop: Crop
  readonly state: CropState
  readonly isInert: boolean
  readonly onLeave: () => void
}

/** What stays of the picture, in whole pixels of it. */
export function CropFrame({ crop, state, isInert, onLeave }: CropFrameProps) {
  return (
    <Frame
      box={state.box} limits={cropLimits(state)} step={1} takesFocus isInert={isInert} hasThirds label={t('crop.frame', { ...state.box })} handleLabel={(handle) => t('crop.handle', { handle })}
      onChange={(box) => crop.change((now) => ({ ...now, box }))} onEnter={crop.apply} onLeave={onLeave}
    />
  )
}
