import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * On a Mac, copy and paste work only through a menu, so a small one stands there. Elsewhere the page has all commands
 * and a menu bar would only take space and keys.
 */
export function setMenu(): void {
  if (process.platform !== 'darwin') return Menu.setApplicationMenu(null)
  const template: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
