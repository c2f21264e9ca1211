export { Combine, TwoHeads } from './combine.js'
export { openCopy, saveCopy } from './copy-commands.js'
export { MergeView } from './merge-view.js'
export { ProjectNote } from './project-note.js'
