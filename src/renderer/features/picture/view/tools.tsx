import { Toolbar } from 'react-aria-components'
import { t } from '../../../messages/t.js'
import { IconToggle } from '../../../ui/button.js'

export type Tool = 'select' | 'move' | 'region'

interface ToolsProps {
  readonly tool: Tool
  readonly canComment: boolean
  readonly onChange: (tool: Tool) => void
}

/** What a press on the picture does. */
export function Tools({ tool, canComment, onChange }: ToolsProps) {
  return (
    <Toolbar className="tools" orientation="vertical" aria-label={t('picture.tools')}>
      <IconToggle icon="pointer" label={t('picture.tool-select')} keys="V" isSelected={tool === 'select'} onChange={() => onChange('select')} />
      <IconToggle icon="hand" label={t('picture.tool-move')} keys="Space" isSelected={tool === 'move'} onChange={(on) => onChange(on ? 'move' : 'select')} />
      {canComment ? <hr /> : null}
      {canComment ? <IconToggle icon="region" label={t('picture.tool-region')} keys="R" isSelected={tool === 'region'} onChange={(on) => onChange(on ? 'region' : 'select')} /> : null}
    </Toolbar>
  )
}
