import type { GalleryPicture } from '../../../contract/index.js'
import { showView } from '../../state/route.js'
import { selectVersion } from '../inspector/versions/use-versions.js'

/** Brings a picture onto its light table. */
export function openPicture({ item, version }: Pick<GalleryPicture, 'item' | 'version'>): void {
  selectVersion(item, version)
  showView({ type: 'item', item })
}
