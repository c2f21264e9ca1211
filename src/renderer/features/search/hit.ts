import type { ItemKind, SearchHit } from '../../../contract/index.js'
import type { IconName } from '../../ui/icon.js'

const kinds: Record<ItemKind, IconName> = { text: 'text', image: 'image', audio: 'audio', video: 'film', code: 'code', file: 'file' }

/** What a hit stands in: a comment, a tag, or an item of a kind. */
export function hitIcon({ where, kind }: SearchHit): IconName {
  if (where === 'comment') return 'comment'
  if (where === 'tag') return 'tag'
  return kind in kinds ? kinds[kind as ItemKind] : 'file'
}
