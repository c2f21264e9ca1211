import { locale, t } from '../messages/t.js'

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })

/** A size in bytes as a disk's label would say it (powers of 1000): "98 MB", "2.5 GB". */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return t('size.bytes', { value: whole.format(bytes) })
  if (bytes < 999_500) return t('size.kilobytes', { value: whole.format(bytes / 1000) })
  if (bytes < 999_500_000) return t('size.megabytes', { value: whole.format(bytes / 1e6) })
  return t('size.gigabytes', { value: tenth.format(bytes / 1e9) })
}

export function formatNumber(value: number): string {
  return whole.format(value)
}

/** A number with one decimal, such as a rate. */
export function formatRate(value: number): string {
  return tenth.format(value)
}

/** A seed in groups that can be read aloud: "48 213". */
export function formatSeed(seed: number): string {
  return String(seed).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** The beginning and end of a hash. */
export function formatHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`
}

/** A path for people: the last folders of it, without the file. */
export function formatFolder(path: string, parts = 2): string {
  return path.split(/[\\/]/).filter(Boolean).slice(0, -1).slice(-parts).join(' / ')
}

/** The name of a file without its folder and ending. */
export function fileTitle(path: string): string {
  const name = path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
  return name.replace(/\.galley$/, '')
}

/** The folder that a file lies in. */
export const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '') || '/'

/** First letters of the first and last word: "MA". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase(locale)
}
