import type { GalleryEntry, GalleryPicture } from '../../../contract/index.js'
import { showView } from '../../state/route.js'
import { selectVersion } from '../inspector/versions/use-versions.js'

/** Brings a picture onto its light table. */
export function openPicture({ item, version }: Pick<GalleryPicture, 'item' | 'version'>): void {
  selectVersion(item, version)
  showView({ type: 'item', item })
}

/** Opens what the gallery shows: a picture on its light table, a text at its desk. */
export function openEntry(entry: GalleryEntry): void {
  if (entry.kind === 'picture') openPicture(entry)
  else showView({ type: 'item', item: entry.item })
}
