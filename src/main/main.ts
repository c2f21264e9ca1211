import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, MessageChannelMain, type BrowserWindow, type MessagePortMain, type WebFrameMain } from 'electron'
import { CoreProcess } from '../shell/core-process.js'
import { chooseFolders } from '../shell/folders.js'
import { answerBridge } from './bridge.js'
import { EngineUtilities, forkCoreUtility } from './core-utility.js'
import { openDesktopKey } from './key-store.js'
import { setMenu } from './menu.js'
import { registerScheme, servePage } from './page-protocol.js'
import { createWindow, denyPermissions } from './window.js'

const out = join(__dirname, '..')
const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : join(out, '../resources')
const folders = chooseFolders(process.argv)
// One instance per user data folder: Electron's lock lies in it.
mkdirSync(folders.userData, { recursive: true })
mkdirSync(folders.cacheDir, { recursive: true })
app.setPath('userData', folders.userData)

let window: BrowserWindow | null = null
let core: CoreProcess<MessagePortMain> | null = null
/** The frame that asked for a port last; it gets a new one when core was restarted. */
let frame: WebFrameMain | null = null
let lastConnection = 0

function givePort(name = ''): void {
  if (!frame || !core) return
  const { port1, port2 } = new MessageChannelMain()
  try {
    if (!core.post({ type: 'connect', connection: ++lastConnection }, [port1])) return
    frame.postMessage('galley:port', name, [port2])
  } catch {
    frame = null // the page went away meanwhile; the next one asks for itself
  }
}

function startCore(): CoreProcess<MessagePortMain> {
  const { key, keyStore } = openDesktopKey(folders.userData)
  const engines = new EngineUtilities(join(out, 'engine'), (message, ports) => started.post(message, ports))
  const started: CoreProcess<MessagePortMain> = new CoreProcess<MessagePortMain>({
    options: { ...folders, resources, engines: join(out, 'engine'), shell: 'desktop', version: app.getVersion(), publicKey: key.publicKey, keyStore },
    key,
    start: () => forkCoreUtility(join(out, 'core/core.mjs')),
    onMessage: (message) => {
      if (message.type === 'spawn') engines.spawn(message.id, message.role)
      if (message.type === 'engine-kill') engines.kill(message.id)
    },
    onStart: () => givePort(),
    onLost: (reason) => {
      console.error(`Core ended (${reason}); it starts again.`)
      engines.killAll()
    },
  })
  return started
}

function openWindow(): void {
  window = createWindow({ preload: join(out, 'preload/preload.cjs'), userData: folders.userData, title: app.getName() })
  window.on('closed', () => { window = null })
}

function begin(): void {
  denyPermissions()
  setMenu()
  core = startCore()
  servePage({ root: join(out, 'renderer'), asset: (request) => core?.asset(request) ?? Promise.resolve(null) })
  answerBridge(() => window, (event, name) => {
    frame = event.senderFrame
    givePort(name)
  })
  core.start()
  openWindow()
  app.on('activate', () => { if (!window) openWindow() })
}

let closing = false
app.on('before-quit', (event) => {
  if (closing || !core) return
  // Quitting waits until core has closed its projects.
  event.preventDefault()
  closing = true
  void core.close().finally(() => app.quit())
})
app.on('window-all-closed', () => app.quit())
app.on('second-instance', () => {
  if (window?.isMinimized()) window.restore()
  window?.focus()
})

registerScheme()
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (app.requestSingleInstanceLock()) void app.whenReady().then(begin)
else app.quit()
