import type { VersionSummary } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'

/** What a reader of the screen hears of a picture. It is not looked at: its prompt says what it should show. */
export function altOf(title: string, { ordinal, recipe }: Pick<VersionSummary, 'ordinal' | 'recipe'>): string {
  return recipe.by === 'image-model' && recipe.operation !== 'upscale' ? t('picture.alt-made', { title, number: ordinal, prompt: recipe.prompt }) : t('picture.alt', { title, number: ordinal })
}
