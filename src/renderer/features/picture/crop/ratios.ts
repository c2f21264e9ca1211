import { t } from '../../../messages/t.js'
import type { Size } from '../view/zoom.js'

/** Width by height, as in 3:2; sheets of A4 are as wide as one by the root of two. */
const known: readonly (readonly [id: string, ratio: number])[] = [
  ['1:1', 1], ['5:4', 5 / 4], ['4:5', 4 / 5], ['4:3', 4 / 3], ['3:4', 3 / 4], ['3:2', 3 / 2], ['2:3', 2 / 3], ['16:9', 16 / 9], ['9:16', 9 / 16],
  ['a-upright', Math.SQRT1_2], ['a-across', Math.SQRT2],
]

export const freeRatio = 'free'
export const ownRatio = 'own'

/** The ratios that are offered; `own` is that of the picture as it is seen now. */
export function ratioChoices(seen: Size): readonly { readonly id: string; readonly name: string; readonly ratio: number | null }[] {
  return [
    { id: freeRatio, name: t('crop.ratio-free'), ratio: null },
    { id: ownRatio, name: t('crop.ratio-own'), ratio: seen.width / seen.height },
    ...known.map(([id, ratio]) => ({ id, name: id === 'a-upright' ? t('crop.ratio-a-upright') : id === 'a-across' ? t('crop.ratio-a-across') : id, ratio })),
  ]
}

/** Which of the choices a ratio is. */
export function ratioId(ratio: number | null, seen: Size): string {
  if (ratio === null) return freeRatio
  const isSame = (other: number): boolean => Math.abs(ratio - other) < 1e-6
  return known.find(([, value]) => isSame(value))?.[0] ?? (isSame(seen.width / seen.height) ? ownRatio : freeRatio)
}
