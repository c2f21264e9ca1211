export { fileNameOf } from './file-names.js'
export { writeMarkdown, type ExportMemory, type MarkdownFile, type WriteMarkdownOptions, type WrittenFile } from './markdown.js'
export { fileError, makeFolder, syncFolder, writeWhole } from './write-file.js'
