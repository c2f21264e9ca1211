import { Toolbar } from 'react-aria-components'
import { t } from '../../../messages/t.js'
import { IconToggle } from '../../../ui/button.js'

export type Tool = 'select' | 'move' | 'brush' | 'eraser' | 'region' | 'crop'

interface ToolsProps {
  readonly tool: Tool
  readonly canEdit: boolean
  readonly onChange: (tool: Tool) => void
}

/** What a press on the picture does. */
export function Tools({ tool, canEdit, onChange }: ToolsProps) {
  return (
    <Toolbar className="tools" orientation="vertical" aria-label={t('picture.tools')}>
      <IconToggle icon="pointer" label={t('picture.tool-select')} keys="V" isSelected={tool === 'select'} onChange={() => onChange('select')} />
      <IconToggle icon="hand" label={t('picture.tool-move')} keys="Space" isSelected={tool === 'move'} onChange={(on) => onChange(on ? 'move' : 'select')} />
      {canEdit ? <hr /> : null}
      {canEdit ? <IconToggle icon="brush" label={t('mask.tool')} keys="B" isSelected={tool === 'brush'} onChange={(on) => onChange(on ? 'brush' : 'select')} /> : null}
      {canEdit ? <IconToggle icon="eraser" label={t('mask.tool-eraser')} keys="E" isSelected={tool === 'eraser'} onChange={(on) => onChange(on ? 'eraser' : 'brush')} /> : null}
      {canEdit ? <hr /> : null}
      {canEdit ? <IconToggle icon="crop" label={t('picture.tool-crop')} keys="C" isSelected={tool === 'crop'} onChange={(on) => onChange(on ? 'crop' : 'select')} /> : null}
      {canEdit ? <IconToggle icon="region" label={t('picture.tool-region')} keys="R" isSelected={tool === 'region'} onChange={(on) => onChange(on ? 'region' : 'select')} /> : null}
    </Toolbar>
  )
}
