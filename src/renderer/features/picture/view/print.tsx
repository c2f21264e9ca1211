import { useState, type ReactNode } from 'react'
import { assetWidths, pictureUrl, type AssetWidth } from '../../../../contract/index.js'

/** The smallest width that is sharp at this size on this screen; undefined: only the picture itself is. */
export function widthFor(pixels: number): AssetWidth | undefined {
  const wanted = pixels * window.devicePixelRatio
  return assetWidths.find((width) => width >= wanted)
}

interface PrintProps {
  readonly project: string
  readonly hash: string
  readonly alt: string
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
  /** Picture pixels are shown as squares. */
  readonly isEnlarged: boolean
  readonly children?: ReactNode
}

/** A picture as it lies on the table. A small one stands under it until the sharp one is there. */
export function Print({ project, hash, alt, width, height, x, y, isEnlarged, children }: PrintProps) {
  const sharp = pictureUrl(project, hash, widthFor(width))
  const [loaded, setLoaded] = useState<string | null>(null)
  return (
    <div className="print" style={{ width, height, transform: `translate(${x}px, ${y}px)` }}>
      <img className="print-under" src={pictureUrl(project, hash, 320)} alt="" draggable={false} />
      <img className={isEnlarged ? 'is-enlarged' : ''} src={sharp} alt={alt} draggable={false} data-loaded={loaded === sharp || undefined} onLoad={() => setLoaded(sharp)} />
      {children}
    </div>
  )
}
