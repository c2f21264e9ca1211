import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '../contract/index.js'
import { fileNameOf } from './exchange/index.js'

export const PROJECT_ENDING = '.galley'

/** A path in the folder that no file has yet: "Title.galley", "Title 2.galley", … */
export async function freePath(folder: string, title: string): Promise<string> {
  for (let number = 1; number < 10_000; number += 1) {
    const path = join(folder, `${fileNameOf(title)}${number === 1 ? '' : ` ${number}`}${PROJECT_ENDING}`)
    if (!(await stat(path).catch(() => null))) return path
  }
  throw new StudioError('project-exists', { path: join(folder, title) })
}
