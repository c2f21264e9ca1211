export { askForText } from './ask.js'
export { Drafts } from './drafts.js'
export { readVersion, sha256 } from './live-draft.js'
export { createTextRunner, type TextJobParams } from './text-runner.js'
