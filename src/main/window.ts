import { BrowserWindow, nativeTheme, session, shell } from 'electron'
import { origin } from './page-protocol.js'
import { readWindowState, rememberWindow } from './window-state.js'

/** Opens http(s) addresses in the system's browser, and nothing else: other schemes start programs. */
export async function openExternal(address: string): Promise<void> {
  const url = URL.canParse?.(address) === false ? null : new URL(address)
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) await shell.openExternal(url.href)
}

/** Denies everything that a page may ask the system for, but writing to the clipboard after a click. */
export function denyPermissions(): void {
  const allowed = 'clipboard-sanitized-write'
  session.defaultSession.setPermissionRequestHandler((_contents, permission, callback) => callback(permission === allowed))
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === allowed)
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** The one window. */
export function createWindow(options: { preload: string; userData: string; title: string }): BrowserWindow {
  const state = readWindowState(options.userData)
  const window = new BrowserWindow({
    ...(state?.bounds ?? { width: 1280, height: 800 }),
    minWidth: 800, minHeight: 560, show: false, title: options.title, autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181b' : '#ffffff',
    webPreferences: {
      preload: options.preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, navigateOnDragDrop: false,
    },
  })
  if (state?.maximized) window.maximize()
  rememberWindow(window, options.userData)
  window.once('ready-to-show', () => window.show())
  const { webContents } = window
  webContents.setWindowOpenHandler(({ url }) => {
    void openExternal(url)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event, url) => { if (url !== `${origin}/`) event.preventDefault() })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  void window.loadURL(`${origin}/`)
  return window
}
