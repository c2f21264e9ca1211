import { stat } from 'node:fs/promises'
import { StudioError, type AssetFile, type AssetRequest } from '../../contract/index.js'
import type { Assets } from './assets.js'
import type { Imaging } from './imaging.js'

const codesOfNothing: readonly string[] = ['not-found', 'not-an-image', 'image-too-large']

/** The file behind an address of the page, or null where there is none. */
export function answerAssets({ imaging, assets }: { imaging: Imaging; assets: Assets }): (request: AssetRequest) => Promise<AssetFile | null> {
  return async (request) => {
    if (request.kind === 'preview') {
      const path = imaging.previewFile(request.job, request.output)
      return (await stat(path).catch(() => null))?.isFile() ? { path, mediaType: 'image/png' } : null
    }
    try {
      return await assets.path(request.project, request.hash, request.width)
    } catch (error) {
      if (error instanceof StudioError && codesOfNothing.includes(error.code)) return null
      throw error
    }
  }
}
