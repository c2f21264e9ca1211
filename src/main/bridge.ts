import { dialog, ipcMain, shell, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent, type OpenDialogOptions } from 'electron'
import { z } from 'zod'
import { origin } from './page-protocol.js'
import { openExternal } from './window.js'

const filters = z.array(z.object({ name: z.string().max(200), extensions: z.array(z.string().regex(/^[A-Za-z0-9]{1,16}$|^\*$/)).max(50) })).max(20).optional()
const title = z.string().max(300)
const chooseFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), title, filters, several: z.boolean().optional() }),
  z.object({ kind: z.literal('save'), title, filters, suggested: z.string().max(4096).optional() }),
  z.object({ kind: z.literal('folder'), title }),
])

/** Only the top frame of our own page is answered. */
export function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`)
}

async function choose(window: BrowserWindow, input: unknown): Promise<string[]> {
  const options = chooseFile.parse(input)
  if (options.kind === 'save') {
    const chosen = await dialog.showSaveDialog(window, { title: options.title, filters: options.filters, defaultPath: options.suggested })
    return chosen.canceled || !chosen.filePath ? [] : [chosen.filePath]
  }
  const properties: OpenDialogOptions['properties'] = options.kind === 'folder' ? ['openDirectory', 'createDirectory'] : options.several ? ['openFile', 'multiSelections'] : ['openFile']
  const chosen = await dialog.showOpenDialog(window, { title: options.title, properties, ...(options.kind === 'open' ? { filters: options.filters } : {}) })
  return chosen.canceled ? [] : chosen.filePaths
}

/** Answers what the preload's bridge asks for. `onConnect` gets each wish for a port to core. */
export function answerBridge(window: () => BrowserWindow | null, onConnect: (event: IpcMainEvent, name: string) => void): void {
  const handle = (channel: string, work: (window: BrowserWindow, input: unknown) => Promise<unknown>) => {
    ipcMain.handle(channel, (event, input: unknown) => {
      const current = window()
      if (!current || !isOurPage(event)) throw new Error('Not our page')
      return work(current, input)
    })
  }
  ipcMain.on('galley:connect', (event, name: unknown) => { if (isOurPage(event)) onConnect(event, z.string().max(40).catch('').parse(name)) })
  handle('galley:choose-file', choose)
  handle('galley:show-in-folder', async (_window, path) => shell.showItemInFolder(z.string().max(4096).parse(path)))
  handle('galley:open-external', (_window, address) => openExternal(z.url().max(4096).parse(address)))
}
