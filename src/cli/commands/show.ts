import { dirname } from 'node:path'
import { StudioError } from '../../contract/index.js'
import { makeFolder, syncFolder, writeWhole } from '../../core/exchange/index.js'
import { parseDocument, toMarkdown } from '../../document/index.js'
import type { Command } from '../command.js'
import { findVersion } from '../select.js'

export const showCommand: Command = {
  name: 'show',
  arguments: ['FILE', 'VERSION'],
  options: { out: { type: 'string', value: 'PATH', help: 'write it into this file' } },
  help: 'Shows a version: its text as Markdown, and how it was made.',
  writes: false,
  async run({ client, open, resolve }, given) {
    const project = await open(given.argument('FILE'))
    const version = await findVersion(client, project, given.argument('VERSION'))
    if (version.content.type !== 'text') throw new StudioError('not-supported', { detail: `A version of media type ${version.content.mediaType} cannot be shown here` })
    const { doc } = await client.items.versionText({ project: project.handle, version: version.id })
    const text = toMarkdown(parseDocument(doc))
    const out = given.text('out')
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
