import { dirname } from 'node:path'
import { StudioError, type ProjectSummary, type VersionSummary } from '../../contract/index.js'
import { makeFolder, syncFolder, writeWhole } from '../../core/exchange/index.js'
import { parseDocument, toMarkdown } from '../../document/index.js'
import type { Command, Outcome, StudioClient } from '../command.js'
import { findVersion } from '../select.js'

/** A picture or file: what it is and how it was made; its bytes only into a file. */
async function showBlob(client: StudioClient, project: ProjectSummary, version: VersionSummary, path: string | null): Promise<Outcome> {
  const { id, item, ordinal, parents, at, person, reason, name, recipe, isHead, content } = version
  if (content.type !== 'blob') throw new StudioError('internal', { detail: 'a text is no file' })
  if (path !== null) await client.pictures.saveBytes({ project: project.handle, version: id, path })
  const { hash: sha256, size: bytes, mediaType, width, height } = content
  const made = recipe.by === 'image-model' ? `${recipe.prompt}\n${recipe.model.name}, seed ${recipe.seed}, ${recipe.steps} steps, guidance ${recipe.guidance}` : `by ${recipe.by}`
  return {
    value: { id, item, ordinal, parents, at, person, reason, name, recipe, isHead, sha256, bytes, mediaType, width, height, ...(path === null ? {} : { out: path }) },
    text: path === null ? `${mediaType}, ${width} × ${height}, ${bytes} bytes\n${made}` : `${path} holds version ${ordinal} (${id.slice(0, 12)}).`,
  }
}

export const showCommand: Command = {
  name: 'show',
  arguments: ['FILE', 'VERSION'],
  options: { out: { type: 'string', value: 'PATH', help: 'write it into this file' } },
  help: 'Shows a version: its text as Markdown or its picture, and how it was made.',
  writes: false,
  async run({ client, open, resolve }, given) {
    const project = await open(given.argument('FILE'))
    const version = await findVersion(client, project, given.argument('VERSION'))
    const out = given.text('out')
    if (version.content.type === 'blob') return showBlob(client, project, version, out === undefined ? null : resolve(out))
    const { doc } = await client.items.versionText({ project: project.handle, version: version.id })
    const text = toMarkdown(parseDocument(doc))
    const path = out === undefined ? null : resolve(out)
    if (path !== null) {
      await makeFolder(dirname(path))
      // A named file is replaced, as by any other program that is told where to write; the project itself never is.
      if (path === project.path) throw new StudioError('bad-input', { detail: `${path} is the project itself` })
      await writeWhole(path, Buffer.from(text, 'utf8'), { replace: true })
      await syncFolder(dirname(path))
    }
    const { id, item, ordinal, parents, at, person, reason, name, recipe, isHead } = version
    return {
      value: { id, item, ordinal, parents, at, person, reason, name, recipe, isHead, text, ...(path === null ? {} : { out: path }) },
      text: path === null ? text : `${path} holds version ${ordinal} (${id.slice(0, 12)}).`,
    }
  },
}
