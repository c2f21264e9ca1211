import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { PictureCapabilities } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'
import { NumberField } from '../../../ui/number-field.js'
import { Select } from '../../../ui/select.js'
import { SeedField } from '../../inspector/make/seed-field.js'
import { mostPictures, settingsOf, sizeKey, type PictureWish } from './wish.js'

interface SettingsProps {
  readonly wish: PictureWish
  readonly can: PictureCapabilities
  readonly count: number
  readonly onChange: (change: Partial<PictureWish>) => void
}

/** Size, count, seed and steps; guidance and sampler for whoever looks for them. Only what the model can do is shown. */
export function Settings({ wish, can, count, onChange }: SettingsProps) {
  const [showsMore, setShowsMore] = useState(false)
  const { steps, guidance, sampler } = settingsOf(wish, can)
  const sizes = can.sizes.map((size) => ({ id: sizeKey(size), name: t('recipe.size-value', { width: size[0], height: size[1] }) }))
  const size = sizes.find((one) => one.id === wish.size)?.id ?? sizes[0]?.id ?? null
  const hasMore = can.guidance.most > 0 || can.samplers.length > 1
  return (
    <>
      <div className="field-pair">
        <Select label={t('make.size')} choices={sizes} value={size} isDisabled={sizes.length < 2} onChange={(id) => onChange({ size: id })} />
        <NumberField label={t('make.pictures-count')} lessLabel={t('make.fewer')} moreLabel={t('general.more')} value={count} minValue={1} maxValue={Math.min(mostPictures, can.limits.count)} onChange={(value) => onChange({ count: value || 1 })} />
      </div>
      <div className="field-pair">
        <SeedField seed={wish.seed} onChange={(seed) => onChange({ seed })} />
        {can.steps.fixed ? null : (
          <NumberField label={t('make.steps')} lessLabel={t('make.fewer')} moreLabel={t('general.more')} value={steps} minValue={1} maxValue={can.steps.most} onChange={(value) => onChange({ steps: value || can.steps.usual })} />
        )}
      </div>
      {hasMore ? (
        <div className="fold-inside">
          <AriaButton className="row secondary fold-button" aria-expanded={showsMore} onPress={() => setShowsMore(!showsMore)}>
            <Icon name={showsMore ? 'down' : 'right'} small />{t('make.more-picture')}
          </AriaButton>
          {showsMore ? (
            <div className="field-pair">
              {can.guidance.most > 0 ? (
                <NumberField label={t('make.guidance')} lessLabel={t('make.lower')} moreLabel={t('make.higher')} value={guidance} minValue={0} maxValue={can.guidance.most} step={0.5} onChange={(value) => onChange({ guidance: Number.isNaN(value) ? can.guidance.usual : value })} />
              ) : null}
              {can.samplers.length > 1 ? <Select label={t('make.sampler')} choices={can.samplers.map((id) => ({ id, name: id }))} value={sampler} onChange={(id) => onChange({ sampler: id })} /> : null}
            </div>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
