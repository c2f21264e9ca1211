import type { Command } from '../command.js'
import { checkCommand } from './check.js'
import { commentCommand } from './comment.js'
import { cropCommand } from './crop.js'
import { decideCommand } from './decide.js'
import { doctorCommand } from './doctor.js'
import { draftCommand } from './draft.js'
import { enlargeCommand } from './enlarge.js'
import { exportCommand } from './export.js'
import { imageCommand } from './image.js'
import { importCommand } from './import.js'
import { listCommand } from './list.js'
import { mergeCommand } from './merge.js'
import { newCommand } from './new.js'
import { remakeCommand } from './remake.js'
import { searchCommand } from './search.js'
import { showCommand } from './show.js'

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  newCommand, draftCommand, imageCommand, enlargeCommand, cropCommand, remakeCommand, importCommand, listCommand, showCommand, searchCommand, commentCommand, decideCommand, mergeCommand, exportCommand,
  checkCommand, doctorCommand,
]
