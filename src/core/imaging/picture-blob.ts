import type { ProjectReader } from '../project/index.js'
import type { PictureBlob } from './assets.js'

/** What these first bytes begin, of the kinds that a page may show as they are. What a version says of itself may be a lie. */
function sniff(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png'
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (head.slice(4, 8) === 'ftyp' && /avif|avis/.test(head.slice(8))) return 'image/avif'
  return 'application/octet-stream'
}

/** A picture's bytes as the page gets them. Errors: `not-found`. */
export function pictureBlob(project: ProjectReader, hash: string): Omit<PictureBlob, 'chunks'> & { chunks(): Iterable<Uint8Array> } {
  const { chunks } = project.blob(hash)
  const [first = new Uint8Array()] = chunks()
  return { mediaType: sniff(first), chunks }
}
