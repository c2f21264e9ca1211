import { dirname } from 'node:path'
import { StudioError, type ProjectSummary, type VersionSummary } from '../../contract/index.js'
import { makeFolder, markdownFileOf, syncFolder, writeWhole } from '../../core/exchange/index.js'
import { parseDocument, toMarkdown } from '../../document/index.js'
import type { Command, CommandContext } from '../command.js'
import { findVersion } from '../select.js'

/** What can be shown of a version: a text as Markdown, a picture's bytes as they are. */
async function contentOf({ client, picture }: CommandContext, project: ProjectSummary, { id, content }: VersionSummary): Promise<{ text: string | null; bytes: () => Buffer }> {
  if (content.type === 'blob') return { text: null, bytes: () => Buffer.concat([...picture(project, content.hash)]) }
  const { doc } = await client.items.versionText({ project: project.handle, version: id })
  const parsed = parseDocument(doc)
  return { text: toMarkdown(parsed), bytes: () => Buffer.from(markdownFileOf(parsed), 'utf8') }
}

async function write(path: string, project: ProjectSummary, bytes: Buffer): Promise<void> {
  // A named file is replaced, as by any other program that is told where to write; the project itself never is.
  if (path === project.path) throw new StudioError('bad-input', { detail: `${path} is the project itself` })
  await makeFolder(dirname(path))
  await writeWhole(path, bytes, { replace: true })
  await syncFolder(dirname(path))
}

export const showCommand: Command = {
  name: 'show',
  arguments: ['FILE', 'VERSION'],
  options: { out: { type: 'string', value: 'PATH', help: 'write the text or picture into this file' } },
  help: 'Shows a version: its text as Markdown or what picture it is, and how it was made.',
  writes: false,
  async run(context, given) {
    const project = await context.open(given.argument('FILE'))
    const version = await findVersion(context.client, project, given.argument('VERSION'))
    const { text, bytes } = await contentOf(context, project, version)
    const out = given.text('out')
    const path = out === undefined ? null : context.resolve(out)
    if (path !== null) await write(path, project, bytes())
    const { id, item, ordinal, parents, at, person, reason, name, recipe, isHead, content } = version
    const shown = content.type === 'text' ? { text } : { picture: { hash: content.hash, size: content.size, mediaType: content.mediaType, width: content.width, height: content.height } }
    const words = text ?? (content.type === 'blob' ? `${content.mediaType}, ${content.width}×${content.height}, ${content.size} bytes` : '')
    return {
      value: { id, item, ordinal, parents, at, person, reason, name, recipe, isHead, ...shown, ...(path === null ? {} : { out: path }) },
      text: path === null ? words : `${path} holds version ${ordinal} (${id.slice(0, 12)}).`,
    }
  },
}
