import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { portMessage, type ChooseFile, type GalleyBridge } from '../contract/shell.js'

// Ports cannot cross the bridge as values; they travel as a message of the window to itself.
ipcRenderer.on('galley:port', (event, name: string) => window.postMessage(portMessage + name, location.origin, [...event.ports]))

const bridge: GalleyBridge = {
  shell: 'desktop',
  platform: process.platform,
  connect: (name) => ipcRenderer.send('galley:connect', typeof name === 'string' ? name : ''),
  chooseFile: (options: ChooseFile) => ipcRenderer.invoke('galley:choose-file', options),
  pathOf: (file: File) => webUtils ? webUtils.getPathForFile(file) : (file as File & { path?: string }).path ?? '',
  showInFolder: (path: string) => ipcRenderer.invoke('galley:show-in-folder', path),
  openExternal: (address: string) => ipcRenderer.invoke('galley:open-external', address),
}
contextBridge.exposeInMainWorld('galley', bridge)
