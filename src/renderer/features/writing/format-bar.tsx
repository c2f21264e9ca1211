import { useMutation } from '@tanstack/react-query'
import type { Command } from 'prosemirror-state'
import { Toolbar, ToggleButton } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { IconButton } from '../../ui/button.js'
import { ErrorNotice } from '../../ui/error-notice.js'
import { WithTooltip } from '../../ui/tooltip.js'
import { illustrate } from '../picture/illustrate.js'
import { setHeading, toggleBold, toggleItalic, toggleList, toggleQuotation, type Formats } from './formats.js'
import { Glyph, type GlyphName } from './glyph.js'
import { useStore } from '../../state/store.js'
import { useHasSelection } from './selection.js'
import type { TextDesk } from './text-desk.js'

interface Format {
  readonly name: GlyphName
  readonly keys?: string
  readonly command?: Command
}

const formats: readonly Format[] = [
  { name: 'heading', keys: 'Ctrl+Alt+2', command: setHeading(2) },
  { name: 'bold', keys: 'Ctrl+B', command: toggleBold },
  { name: 'italic', keys: 'Ctrl+I', command: toggleItalic },
  { name: 'quotation', keys: 'Ctrl+Shift+9', command: toggleQuotation },
  { name: 'list', keys: 'Ctrl+Shift+8', command: toggleList },
  { name: 'link', keys: 'Ctrl+Shift+K' },
]

/** Buttons for what keys and Markdown do as well. */
export function FormatBar({ desk, isDisabled, canComment }: { readonly desk: TextDesk; readonly isDisabled: boolean; readonly canComment: boolean }) {
  const shown = useStore(desk.formats)
  const hasSelection = useHasSelection(desk.place.item)
  const make = useMutation({ mutationFn: () => illustrate(desk.place.project, desk.place.item) })
  return (
    <Toolbar className="format-bar" aria-label={t('writing.toolbar')}>
      {formats.map(({ name, keys, command }) => (
        <WithTooltip key={name} text={t(`writing.${name}`)} keys={keys}>
          <ToggleButton
            className="icon-button" aria-label={t(`writing.${name}`)} isDisabled={isDisabled} isSelected={isOn(shown, name)}
            onChange={() => { if (command) desk.run(command); else desk.linkField.set(true) }}
          >
            <Glyph name={name} />
          </ToggleButton>
        </WithTooltip>
      ))}
      <IconButton icon="comment" label={t('writing.comment')} keys="Ctrl+Alt+M" isDisabled={!canComment || !hasSelection} onPress={() => desk.comment()} />
      <IconButton icon="image" label={t('illustrate.action')} isDisabled={isDisabled || !hasSelection} onPress={() => make.mutate()} />
      {make.error ? <div className="illustrate-error"><ErrorNotice error={make.error} onClose={() => make.reset()} /></div> : null}
    </Toolbar>
  )
}

const isOn = (formats: Formats, name: GlyphName): boolean => (name === 'link' ? formats.link !== null : formats[name])
