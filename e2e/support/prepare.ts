import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openClient, type StudioClient } from './client.js'

export interface Prepared {
  readonly client: StudioClient
  readonly path: string
  readonly project: string
}

/** A named person and an empty project, open in core and not yet shown. */
export async function prepareProject(page: Page, userData: string, title = 'Autumn catalogue', person = 'Marit Aldous'): Promise<Prepared> {
  const client = await openClient(page)
  await client.system.changeSettings({ name: person })
  const path = join(userData, `${title}.galley`)
  const { handle: project } = await client.projects.create({ title, path })
  return { client, path, project }
}

const paragraphOf = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })

/** A text with these paragraphs, as if a person had typed them; kept as a version where that has a name. */
export async function prepareText({ client, project }: Prepared, title: string, paragraphs: readonly string[], options: { folder?: string; version?: string } = {}): Promise<string> {
  const { id: item } = await client.items.create({ project, kind: 'text', title, folder: options.folder ?? null })
  const session = 'spec-writer'
  await client.texts.open({ project, item, session })
  const step = { stepType: 'replace', from: 0, to: 2, slice: { content: paragraphs.map(paragraphOf) } }
  await client.texts.append({ project, item, session, number: 0, steps: [{ step, origin: 'typed' }] })
  await client.texts.close({ project, item, session })
  if (options.version !== undefined) await client.texts.keep({ project, item, name: options.version })
  return item
}

/** Waits until what a job makes is there. */
export async function whenDone({ client }: Prepared, job: string): Promise<void> {
  for (;;) {
    const jobs = await client.jobs.list({})
    const state = jobs.find(({ id }) => id === job)?.state
    if (state === 'done') return
    if (state === undefined || !['waiting', 'running'].includes(state)) throw new Error(`the job is ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Shows a place of a project: `/item/…`, `/review`, `/models`; the empty view without one. */
export async function show(page: Page, path: string, view = ''): Promise<void> {
  await page.evaluate((hash) => { location.hash = hash }, `#/project/${encodeURIComponent(path)}${view}`)
}

export async function hasModel({ client }: Prepared, kind: 'text' | 'image'): Promise<boolean> {
  return (await client.models.list()).some((model) => model.kind === kind && model.path !== null)
}
