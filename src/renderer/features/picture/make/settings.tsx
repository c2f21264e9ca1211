import { useState, type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { PictureCapabilities } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'
import { NumberField } from '../../../ui/number-field.js'
import { Select } from '../../../ui/select.js'
import { Tick } from '../../../ui/tick.js'
import { SeedField } from '../../inspector/make/seed-field.js'
import { mostPictures, settingsOf, sizeKey, type PictureWish } from './wish.js'

interface SettingsProps {
  readonly wish: PictureWish
  readonly can: PictureCapabilities
  readonly count: number
  /** Further boxes to tick. */
  readonly children?: ReactNode
  readonly onChange: (change: Partial<PictureWish>) => void
}

/** Size, count and what the pictures come on or with; what is rarely set lies folded. Only what the model can do is shown. */
export function Settings({ wish, can, count, children, onChange }: SettingsProps) {
  const sizes = can.sizes.map((size) => ({ id: sizeKey(size), name: t('recipe.size-value', { width: size[0], height: size[1] }) }))
  const size = sizes.find((one) => one.id === wish.size)?.id ?? sizes[0]?.id ?? null
  return (
    <>
      <div className="field-pair">
        <Select label={t('make.size')} choices={sizes} value={size} isDisabled={sizes.length < 2} onChange={(id) => onChange({ size: id })} />
        <NumberField label={t('make.pictures-count')} lessLabel={t('make.fewer')} moreLabel={t('general.more')} value={count} minValue={1} maxValue={Math.min(mostPictures, can.limits.count)} onChange={(value) => onChange({ count: value || 1 })} />
      </div>
      <div className="make-ticks">
        {can.transparent ? <Tick label={t('make.transparent')} hint={t('make.transparent-hint')} isSelected={wish.transparent} onChange={(transparent) => onChange({ transparent })} /> : null}
        {children}
      </div>
      <MoreSettings wish={wish} can={can} onChange={onChange} />
    </>
  )
}

/** Seed, steps, guidance and sampler. They lie open where a person or a recipe has set one of them. */
function MoreSettings({ wish, can, onChange }: Pick<SettingsProps, 'wish' | 'can' | 'onChange'>) {
  const isSet = [wish.seed, wish.steps, wish.guidance, wish.sampler].some((value) => value !== null)
  const [isOpen, setOpen] = useState(isSet)
  const { steps, guidance, sampler } = settingsOf(wish, can)
  const hasSteps = !can.steps.fixed
  return (
    <div className="fold-inside">
      <AriaButton className="row secondary fold-button" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'down' : 'right'} small />{t(hasSteps ? 'make.more-steps' : 'make.more-seed')}
      </AriaButton>
      {isOpen ? (
        <>
          <div className={hasSteps ? 'field-pair' : undefined}>
            <SeedField seed={wish.seed} onChange={(seed) => onChange({ seed })} />
            {hasSteps ? (
              <NumberField label={t('make.steps')} lessLabel={t('make.fewer')} moreLabel={t('general.more')} value={steps} minValue={1} maxValue={can.steps.most} onChange={(value) => onChange({ steps: value || can.steps.usual })} />
            ) : null}
          </div>
          {can.guidance.most > 0 || can.samplers.length > 1 ? (
            <div className="field-pair">
              {can.guidance.most > 0 ? (
                <NumberField label={t('make.guidance')} lessLabel={t('make.lower')} moreLabel={t('make.higher')} value={guidance} minValue={0} maxValue={can.guidance.most} step={0.5} onChange={(value) => onChange({ guidance: Number.isNaN(value) ? can.guidance.usual : value })} />
              ) : null}
              {can.samplers.length > 1 ? <Select label={t('make.sampler')} choices={can.samplers.map((id) => ({ id, name: id }))} value={sampler} onChange={(id) => onChange({ sampler: id })} /> : null}
            </div>
          ) : null}
        </>
      ) : null}
    </div>
  )
}
