import { useState } from 'react'
import { Autocomplete, Dialog, Header, Input, ListBox, ListBoxItem, ListBoxSection, Modal, ModalOverlay, SearchField } from 'react-aria-components'
import { t } from '../../messages/t.js'
import { useDesk } from '../../state/desk.js'
import { overlay, useOverlay } from '../../state/overlay.js'
import { showView } from '../../state/route.js'
import { Icon, type IconName } from '../../ui/icon.js'
import { Keys } from '../../ui/keys.js'
import { ReviewStateMark } from '../../ui/review-state.js'
import type { ItemSummary, ProjectSummary } from '../../../contract/index.js'
import { kindIcons } from '../desk/desk-row.js'
import { folderTitles } from '../desk/tree.js'
import { parts, rank } from './match.js'
import { useCommands } from './use-commands.js'
import './palette.css'

/** More items than these are found by another word. */
const most = 30

interface PaletteProps {
  readonly project: ProjectSummary
  readonly onToggleDesk: () => void
  readonly onToggleQueue: () => void
}

export function Palette(props: PaletteProps) {
  const isOpen = useOverlay() === 'palette'
  return (
    <ModalOverlay
      className="scrim scrim-top"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) overlay.set(null)
      }}
    >
      <Modal>
        <Dialog className="palette" aria-label={t('palette.name')}>
          {isOpen ? <Search {...props} /> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface Row {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly keys?: string
  readonly item?: ItemSummary
  readonly folder?: string
  readonly run: () => void
}

function Search({ project, onToggleDesk, onToggleQueue }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const { items, tree } = useDesk(project.handle)
  const commands = useCommands({ project, onToggleDesk, onToggleQueue })
  const onlyCommands = typed.startsWith('>')
  const query = typed.replace(/^>/, '').trim()
  const sort = (rows: readonly Row[]): Row[] => rows.filter((row) => rank(row.name, query) >= 0).sort((a, b) => rank(b.name, query) - rank(a.name, query))
  const foundItems = onlyCommands
    ? []
    : sort(
        items.map((item): Row => ({
          id: `item-${item.id}`,
          name: item.title,
          icon: kindIcons[item.kind],
          item,
          folder: folderTitles(tree, item.id).join(' / '),
          run: () => showView({ type: 'item', item: item.id }),
        })),
      ).slice(0, most)
  const foundCommands = sort(commands.map((command): Row => ({ ...command, id: `command-${command.id}` })))
  const groups = [
    { id: 'commands', name: t('palette.commands'), rows: foundCommands },
    { id: 'items', name: t('palette.items'), rows: foundItems },
  ]
  // Without words the items stand first: going somewhere is what is asked for most.
  const shown = (query === '' && !onlyCommands ? [...groups].reverse() : groups).filter((group) => group.rows.length > 0)

  function run(key: string): void {
    const row = [...foundCommands, ...foundItems].find((one) => one.id === key)
    // Closed first, so that focus comes back before the command moves it.
    overlay.set(null)
    if (row) setTimeout(row.run)
  }

  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField
        aria-label={t('palette.name')}
        autoFocus
        className="palette-input"
        // One Escape leaves; emptying the field first would ask for two.
        onKeyDown={(event) => {
          if (event.key === 'Escape') overlay.set(null)
          else event.continuePropagation()
        }}
      >
        <Icon name="search" />
        <Input role="combobox" aria-expanded placeholder={t('palette.name')} spellCheck={false} autoComplete="off" />
        <span className="small faint" role="status">
          {query === '' ? '' : t('palette.found', { count: foundCommands.length + foundItems.length })}
        </span>
      </SearchField>
      <ListBox aria-label={t('palette.name')} className="palette-list" items={shown} onAction={(key) => run(String(key))} selectionMode="none">
        {(group) => (
          <ListBoxSection id={group.id} className="palette-group">
            <Header className="palette-header">{group.name}</Header>
            {group.rows.map((row) => (
              <ListBoxItem id={row.id} key={row.id} textValue={row.name} className="palette-row">
                <Icon name={row.icon} />
                <span className="name truncate">
                  {parts(row.name, query).map((part, index) => (part.isMatch ? <mark key={index}>{part.text}</mark> : part.text))}
                </span>
                <span className="push">
                  {row.folder}
                  {row.item ? <ReviewStateMark state={row.item.state} /> : null}
                  {row.keys ? <Keys keys={row.keys} /> : null}
                </span>
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
      <div className="palette-foot" aria-hidden="true">
        <span>
          <Keys keys="↑+↓" />
          {t('palette.move')}
        </span>
        <span>
          <Keys keys="Enter" />
          {t('palette.open')}
        </span>
        <span className="push">
          <Keys keys=">" />
          {t('palette.commands-only')}
        </span>
      </div>
    </Autocomplete>
  )
}
