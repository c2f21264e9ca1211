export { exportDialog, exportTexts } from './export-commands.js'
export { ExportEverything } from './export-everything.js'
