import { expect, it } from 'vitest'
import { assetWidths, parseAssetUrl, pictureUrl, previewUrl } from './assets.js'

const hash = '0123456789abcdef'.repeat(4)

it('reads every address that it makes', () => {
  for (const width of [undefined, ...assetWidths]) {
    expect(parseAssetUrl(pictureUrl('projectA', hash, width))).toEqual({ kind: 'picture', project: 'projectA', hash, width: width ?? null })
  }
  expect(parseAssetUrl(previewUrl('jobjobjob', 3, 17))).toEqual({ kind: 'preview', job: 'jobjobjob', output: 3 })
})

it.each([
  '/', '/assets', '/assets/', `/assets/${hash}`, `/assets/projectA/${hash}/more`, `/assets/projectA/${hash.toUpperCase()}`, `/assets/projectA/${hash}?w=641`, `/assets/projectA/${hash}?w=`,
  `/assets/../${hash}`, `/other/projectA/${hash}`, `assets/projectA/${hash}`, '/assets/preview/job/0', '/assets/preview/jobjobjob/-1', '/assets/preview/jobjobjob/99999', '/assets/preview/jobjobjob',
])('refuses %s', (address) => {
  expect(parseAssetUrl(address)).toBeNull()
})
