import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { formatSeed } from '../../../format/size.js'
import { t } from '../../../messages/t.js'
import { Icon } from '../../../ui/icon.js'
import { WithTooltip } from '../../../ui/tooltip.js'
import { drawSeed } from './wishes.js'

interface SeedFieldProps {
  readonly seed: number | null
  readonly onChange: (seed: number | null) => void
}

/** The number that a result depends on: the same one asks for the same words again; empty draws another each time. */
export function SeedField({ seed, onChange }: SeedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  function take(text: string): void {
    const digits = text.replace(/\D/g, '').slice(0, 9)
    setTyped(text === '' ? '' : digits)
    onChange(digits === '' ? null : Number(digits))
  }
  return (
    <TextField className="field" value={typed ?? (seed === null ? '' : formatSeed(seed))} onChange={take} onBlur={() => setTyped(null)} inputMode="numeric">
      <Label className="label">{t('make.seed')}</Label>
      <div className="input seed">
        <Input className="mono number" placeholder={t('make.seed-any')} />
        <WithTooltip text={t('make.new-seed')}>
          <Button
            className="icon-button icon-button-small"
            aria-label={t('make.new-seed')}
            onPress={() => {
              setTyped(null)
              onChange(drawSeed())
            }}
          >
            <Icon name="dice" />
          </Button>
        </WithTooltip>
      </div>
    </TextField>
  )
}
