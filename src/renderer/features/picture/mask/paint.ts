import type { Point } from '../frame/box.js'
import type { Size } from '../view/zoom.js'
import type { Mask, MaskAct, Stroke } from './mask-state.js'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
type Paint = string | CanvasPattern

/** A canvas is no larger than this along its longer side: edges of a brush need no more. */
const largestCanvas = 2048

/** Size of the canvas for a picture, and how many of its pixels one of the picture is. */
export function canvasFor({ width, height }: Size): Size & { readonly scale: number } {
  const scale = Math.min(1, largestCanvas / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)), scale }
}

/** Draws a line of the brush, or only its last part. */
export function paintStroke(context: Context, { erases, size, points }: Stroke, scale: number, paint: Paint): void {
  context.globalCompositeOperation = erases ? 'destination-out' : 'source-over'
  context.strokeStyle = paint
  context.lineWidth = size * scale
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x * scale, y * scale) : context.lineTo(x * scale, y * scale)))
  context.stroke()
  // Lines of no length are not drawn, and a dab is one.
  const [first] = points as readonly [Point]
  context.fillStyle = paint
  context.beginPath()
  context.arc(first.x * scale, first.y * scale, (size * scale) / 2, 0, 2 * Math.PI)
  context.fill()
}

export function paintActs(context: Context, acts: readonly MaskAct[], { width, height, scale }: Size & { readonly scale: number }, paint: Paint): void {
  context.clearRect(0, 0, width, height)
  for (const act of acts) {
    if (act.kind === 'stroke') paintStroke(context, act, scale, paint)
    else if (act.kind === 'clear') context.clearRect(0, 0, width, height)
    else if (act.kind === 'stencil') context.drawImage(throughStencil(act.picture, { width, height }, paint), 0, 0)
    else {
      context.globalCompositeOperation = 'xor'
      context.fillStyle = paint
      context.fillRect(0, 0, width, height)
    }
  }
  context.globalCompositeOperation = 'source-over'
}

/** Paint where a grey picture is white. */
function throughStencil(picture: CanvasImageSource, { width, height }: Size, paint: Paint): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  context.drawImage(picture, 0, 0, width, height)
  const grey = context.getImageData(0, 0, width, height)
  for (let at = 0; at < grey.data.length; at += 4) grey.data[at + 3] = grey.data[at]!
  context.putImageData(grey, 0, 0)
  context.globalCompositeOperation = 'source-in'
  context.fillStyle = paint
  context.fillRect(0, 0, width, height)
  return canvas
}

/** The mask as a PNG in the shape of the picture, in base64: white may change, black stays. Null where nothing is painted. */
export async function maskPng(mask: Mask, picture: Size): Promise<string | null> {
  const size = canvasFor(picture)
  const [drawn, out] = [new OffscreenCanvas(size.width, size.height), new OffscreenCanvas(size.width, size.height)]
  paintActs(drawn.getContext('2d')!, mask.acts, size, '#fff')
  const context = out.getContext('2d')!
  context.fillStyle = '#000'
  context.fillRect(0, 0, size.width, size.height)
  // A blur reaches as far in as out, about twice its width.
  if (mask.soft > 0) context.filter = `blur(${(mask.soft * size.scale) / 2}px)`
  context.drawImage(drawn, 0, 0)
  const { data } = context.getImageData(0, 0, size.width, size.height)
  if (!data.some((value, index) => index % 4 === 0 && value > 0)) return null
  const bytes = new Uint8Array(await (await out.convertToBlob({ type: 'image/png' })).arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
