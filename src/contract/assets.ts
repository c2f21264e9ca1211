import { projectHandle, randomId, sha256, type Sha256 } from './records/index.js'

/** The widths, in pixels, in which a picture can be asked for; without one it is shown at full size. */
export const assetWidths = [160, 320, 640, 1280, 2560] as const
export type AssetWidth = (typeof assetWidths)[number]

/** What an address under `/assets/` asks for. */
export type AssetRequest =
  | { readonly kind: 'picture'; readonly project: string; readonly hash: Sha256; readonly width: AssetWidth | null }
  | { readonly kind: 'preview'; readonly job: string; readonly output: number }

/** Address of a picture of an open project. */
export function pictureUrl(project: string, hash: Sha256, width?: AssetWidth): string {
  return `/assets/${project}/${hash}${width === undefined ? '' : `?w=${width}`}`
}

/** Address of the newest preview of a job's output; the number only makes the browser ask again. */
export function previewUrl(job: string, output: number, number: number): string {
  return `/assets/preview/${job}/${output}?n=${number}`
}

/** What an address asks for, or null where it is not an address of an asset. `address` is path and query. */
export function parseAssetUrl(address: string): AssetRequest | null {
  const [path = '', query = ''] = address.split('?', 2)
  const parts = path.split('/')
  if (parts[0] !== '' || parts[1] !== 'assets') return null
  if (parts[2] === 'preview' && parts.length === 5) {
    const [, , , job = '', output = ''] = parts
    return randomId.safeParse(job).success && /^\d{1,4}$/.test(output) ? { kind: 'preview', job, output: Number(output) } : null
  }
  const [, , project = '', hash = ''] = parts
  if (parts.length !== 4 || !projectHandle.safeParse(project).success || !sha256.safeParse(hash).success) return null
  const wanted = new URLSearchParams(query).get('w')
  if (wanted === null) return { kind: 'picture', project, hash, width: null }
  const width = assetWidths.find((known) => String(known) === wanted)
  return width === undefined ? null : { kind: 'picture', project, hash, width }
}
