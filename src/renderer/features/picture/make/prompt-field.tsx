import { useQuery } from '@tanstack/react-query'
import { Button, Label, Menu, MenuItem, MenuTrigger, Popover, TextArea, TextField } from 'react-aria-components'
import { formatWhen } from '../../../format/time.js'
import { t } from '../../../messages/t.js'
import { studio } from '../../../studio.js'
import { Icon } from '../../../ui/icon.js'
import { WithTooltip } from '../../../ui/tooltip.js'

interface PromptFieldProps {
  readonly label: string
  readonly project: string
  readonly value: string
  readonly isReadOnly: boolean
  readonly onChange: (prompt: string) => void
  /** An earlier prompt was taken, with what was to be kept away. */
  readonly onRecall: (prompt: string, negativePrompt: string) => void
}

/** What the picture should show, and the prompts that were used before. */
export function PromptField({ label, project, value, isReadOnly, onChange, onRecall }: PromptFieldProps) {
  return (
    <TextField className="field prompt-field" value={value} onChange={onChange} isReadOnly={isReadOnly} maxLength={20_000}>
      <div className="label"><Label>{label}</Label><span className="push">{isReadOnly ? null : <PromptHistory project={project} onRecall={onRecall} />}</span></div>
      <TextArea className="input input-area input-serif" rows={4} placeholder={t('make.prompt-placeholder')} spellCheck={false} />
    </TextField>
  )
}

function PromptHistory({ project, onRecall }: Pick<PromptFieldProps, 'project' | 'onRecall'>) {
  const history = useQuery(studio.pictures.promptHistory.queryOptions({ input: { project, limit: 30 } })).data ?? []
  return (
    <MenuTrigger>
      <WithTooltip text={t('make.prompt-history')}>
        <Button className="icon-button icon-button-small" aria-label={t('make.prompt-history')}><Icon name="history" small /></Button>
      </WithTooltip>
      <Popover className="popover prompt-history" placement="bottom end" offset={4}>
        <Menu
          className="menu" aria-label={t('make.prompt-history')} items={history.map((use, index) => ({ id: String(index), use }))}
          renderEmptyState={() => <p className="hint menu-item is-tall">{t('make.prompt-history-none')}</p>}
        >
          {({ use }) => (
            <MenuItem textValue={use.prompt} className="menu-item is-tall" onAction={() => onRecall(use.prompt, use.negativePrompt)}>
              <span className="select-choice">
                <span className="prompt-line">{use.prompt}</span>
                <span className="small secondary number">{t('make.prompt-use', { made: use.made, kept: use.kept })}, {formatWhen(use.at)}</span>
              </span>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
