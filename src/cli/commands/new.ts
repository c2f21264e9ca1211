import { basename } from 'node:path'
import type { Command } from '../command.js'

export const newCommand: Command = {
  name: 'new',
  arguments: ['FILE'],
  options: { title: { type: 'string', value: 'TITLE', help: 'title of the project; without it the name of the file' } },
  help: 'Makes a new project.',
  writes: true,
  async run({ client, resolve }, given) {
    const path = resolve(given.argument('FILE'))
    const title = given.text('title') ?? basename(path).replace(/\.galley$/i, '')
    const project = await client.projects.create({ title, path })
    return { value: { path: project.path, title: project.title }, text: `${project.path} is a new project.` }
  },
}
