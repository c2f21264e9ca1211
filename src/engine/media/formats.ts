/** The formats that may come in. What a file is is read from its first bytes, never from its name. */
export const pictureFormats = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  avif: 'image/avif',
  svg: 'image/svg+xml',
} as const
export type PictureFormat = keyof typeof pictureFormats

/** How many bytes `sniffFormat` wants to see; an SVG may begin with comments. */
export const SNIFF_BYTES = 4096

/** The format that these first bytes begin; null where it is none of ours. */
export function sniffFormat(head: Uint8Array): PictureFormat | null {
  const bytes = Buffer.from(head)
  const ascii = (from: number, to: number): string => bytes.toString('latin1', from, to)
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png'
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'jpeg'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp'
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'gif'
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(ascii(0, 4))) return 'tiff'
  if (ascii(4, 8) === 'ftyp' && /avif|avis/.test(ascii(8, 64))) return 'avif'
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE\s+svg\b[^>[]*(\[[\s\S]*?\])?\s*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(text)) return 'svg'
  return null
}
