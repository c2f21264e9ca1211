import { t } from '../../messages/t.js'
import { Frame } from './frame/frame.js'
import { regionAt, regionLimits, type Region } from './region.js'

interface RegionDrawingProps {
  readonly region: Region
  /** It was placed, and the comment is being written; it can be moved and sized all the same. */
  readonly isPlaced: boolean
  readonly isInert: boolean
  readonly onChange: (region: Region) => void
  readonly onPlace: () => void
  readonly onLeave: () => void
}

/** Draws a region to comment on: by dragging over the picture, or with the arrow keys. */
export function RegionDrawing({ region, isPlaced, isInert, onChange, onPlace, onLeave }: RegionDrawingProps) {
  const { x, y, width, height } = region
  return (
    <Frame
      box={region} limits={regionLimits} step={1} takesFocus={!isPlaced} isInert={isInert} isQuiet onChange={onChange} onLetGo={onPlace} onTap={(at) => { onChange(regionAt(at)); onPlace() }} onEnter={onPlace} onLeave={onLeave}
      label={t('picture.region-new', { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) })}
      handleLabel={(handle) => t('picture.region-handle', { handle })}
    />
  )
}
