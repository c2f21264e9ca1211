import { randomInt } from 'node:crypto'
import { StudioError, type DraftRequest } from '../../contract/index.js'
import { createMapping, toPlainText, type DocumentNode } from '../../document/index.js'
import type { Models } from '../models/index.js'
import type { OpenProject } from '../open-projects.js'
import type { People } from '../people.js'
import type { SettingsOfStudio } from '../settings.js'
import type { Drafts } from './drafts.js'
import { samplingOf } from './small-models.js'
import type { TextJobParams } from './text-runner.js'

/** How long an answer may be when the person left it open, in tokens. */
const MAX_TOKENS = 320

/**
 * Puts a text job into the queue: keeps the draft as a version where it differs from the head, so that the proposal has a base
 * and the recipe a source [PROP1], and begins to follow what is typed meanwhile.
 */
export async function askForText(
  services: { drafts: Drafts; people: People; models: Models; settings: SettingsOfStudio },
  project: OpenProject,
  request: DraftRequest,
  enqueue: (params: TextJobParams) => string,
): Promise<string> {
  const { drafts, people, models, settings } = services
  const author = people.current()
  const model = await models.resolve('text', request.model ?? settings.read().textModel)
  const sampling = samplingOf(model)
  const { operation, range } = request
  if ((operation === 'rewrite') && (!range || range.from === range.to)) throw new StudioError('bad-input', { detail: 'rewrite needs a selection' })
  return drafts.with(project, request.item, async (draft) => {
    const size = draft.doc.content.size
    if (range && (range.to > size || range.from > range.to)) throw new StudioError('bad-input', { detail: 'the selection lies outside of the text' })
    const base = await drafts.keepDraft(project, draft, author, 'source')
    const place = range ?? endOf(draft.doc, operation)
    const params: TextJobParams = {
      item: request.item, operation, prompt: request.prompt, base, model: model.id, range: place,
      selection: place.to > place.from ? draft.doc.textBetween(place.from, place.to, '\n\n') : '',
      before: draft.doc.textBetween(0, place.from, '\n\n'),
      document: toPlainText(draft.doc),
      seed: request.seed ?? randomInt(2 ** 31), ...sampling, temperature: request.temperature ?? sampling.temperature,
      maxTokens: request.maxTokens ?? MAX_TOKENS,
    }
    // In the same turn, so that no step slips in between the base and the tracking.
    const job = enqueue(params)
    draft.track(job, createMapping())
    return job
  })
}

/** New words go after the last block; a continuation goes on in it. */
function endOf(doc: DocumentNode, operation: DraftRequest['operation']): { from: number; to: number } {
  const goesOn = operation === 'continue' && doc.lastChild?.isTextblock
  const at = goesOn ? doc.content.size - 1 : doc.content.size
  return { from: at, to: at }
}
