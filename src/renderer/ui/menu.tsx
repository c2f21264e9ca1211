import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { Icon, type IconName } from './icon.js'
import { Keys } from './keys.js'

export interface MenuEntry {
  readonly id: string
  readonly name: string
  readonly icon?: IconName
  readonly keys?: string
  readonly isDisabled?: boolean
  readonly isDanger?: boolean
  readonly after?: ReactNode
  readonly run: () => void
}

interface MenuProps {
  /** The button that opens it. */
  readonly children: ReactElement
  readonly label: string
  /** Entries; `'rule'` draws a line between groups. */
  readonly entries: readonly (MenuEntry | 'rule')[]
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
}

export function Menu({ children, label, entries, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {entries.map((entry, index) => entry === 'rule'
            ? <Separator className="menu-rule" key={`rule-${index}`} />
            : (
              <MenuItem id={entry.id} key={entry.id} textValue={entry.name} isDisabled={entry.isDisabled} className="menu-item" onAction={entry.run}>
                {entry.icon ? <Icon name={entry.icon} /> : null}
                <span className={entry.isDanger ? 'is-danger' : ''}>{entry.name}</span>
                {entry.after ? <span className="push">{entry.after}</span> : null}
                {entry.keys ? <Keys keys={entry.keys} /> : null}
              </MenuItem>
            ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
