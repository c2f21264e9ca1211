/** Names that Windows keeps for devices, with any ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i

/** Most bytes of a name in UTF-8: file systems allow 255, and numbers, endings and a synchroniser's additions come on top. */
const longestName = 150

/** Cuts between what people see as characters, so that no half of an emoji or accent stays. */
function cut(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name
  let result = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    used += Buffer.byteLength(segment)
    if (used > bytes) break
    result += segment
  }
  return result
}

/**
 * A file name (without ending) made from a title that is allowed on Windows, macOS and Linux alike, and is never
 * hidden, empty or a path. Two titles may give the same name.
 */
export function fileNameOf(title: string): string {
  const cleaned = title
    .toWellFormed()
    .normalize('NFC')
    // Path separators and what Windows forbids; control characters; marks that turn the direction of writing and can make an ending lie.
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g, ' ')
    .replace(/\s+/g, ' ')
  const trimmed = cut(cleaned.replace(/^[. ]+/, ''), longestName).replace(/[. ]+$/, '')
  if (trimmed === '') return 'Untitled'
  const [stem] = trimmed.split('.')
  return deviceName.test(stem!.trim()) ? `_${trimmed}` : trimmed
}

/** The name with a number before its ending: 1 leaves it as it is. */
export const numbered = (name: string, number: number, ending: string): string => (number === 1 ? `${name}${ending}` : `${name} ${number}${ending}`)

/** Names that some file systems take for the same are alike in this form. */
export const foldedName = (name: string): string => name.normalize('NFC').toLowerCase()
