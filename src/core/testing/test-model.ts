import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestStudio } from './test-studio.js'

/** Adds a file that the scripted engine takes for a text model, and makes it the one that is used. */
export async function testModel(test: TestStudio): Promise<string> {
  const path = join(test.folder, 'scripted.gguf')
  await writeFile(path, 'GGUF, as far as the scripted engine can tell')
  const { id } = await test.call.models.add({ path })
  await test.call.system.changeSettings({ textModel: id })
  return id
}

/** Adds a folder that the scripted engine takes for a picture model, and makes it the one that is used. */
export async function testImageModel(test: TestStudio): Promise<string> {
  const path = join(test.folder, 'scripted-pictures')
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'model_index.json'), '{"_class_name":"Scripted"}')
  const { id } = await test.call.models.add({ path })
  await test.call.system.changeSettings({ imageModel: id })
  return id
}
