import { useState, type CSSProperties, type ReactNode } from 'react'
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
  /** How the picture is turned, clockwise, and flipped after that, while that is tried out. */
  readonly turn?: number
  readonly isFlipped?: boolean
  readonly children?: ReactNode
}

/** A picture as it lies on the table. A small one stands under it until the sharp one is there. */
export function Print({ project, hash, alt, width, height, x, y, isEnlarged, turn = 0, isFlipped = false, children }: PrintProps) {
  const lies = turn % 180 !== 0
  const sharp = pictureUrl(project, hash, widthFor(lies ? height : width))
  const [loaded, setLoaded] = useState<string | null>(null)
  // Of the same picture the one that was sharp so far stays until the sharper one is there.
  const before = loaded !== null && loaded !== sharp && loaded.includes(hash) ? loaded : null
  const pose: CSSProperties | undefined = turn === 0 && !isFlipped ? undefined : {
    inset: 'auto', left: '50%', top: '50%', width: lies ? height : width, height: lies ? width : height, transform: `translate(-50%, -50%) ${isFlipped ? 'scaleX(-1)' : ''} rotate(${turn}deg)`,
  }
  return (
    <div className="print" style={{ width, height, transform: `translate(${x}px, ${y}px)` }}>
      <img className="print-under" src={pictureUrl(project, hash, 320)} alt="" draggable={false} style={pose} />
      {before ? <img className="print-under" src={before} alt="" draggable={false} style={pose} /> : null}
      <img className={isEnlarged ? 'is-enlarged' : ''} src={sharp} alt={alt} draggable={false} style={pose} data-loaded={loaded === sharp || undefined} onLoad={() => setLoaded(sharp)} />
      {children}
    </div>
  )
}
