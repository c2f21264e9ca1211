import { type FactOf, type Recipe, type TextOperation, StudioError } from '../../contract/index.js'
import { makePieces, mapThroughDiff, OpenPieces } from '../../document/index.js'
import type { Engines } from '../engines/index.js'
import type { JobRunner } from '../jobs/index.js'
import type { Models } from '../models/index.js'
import type { OpenProjects } from '../open-projects.js'
import type { People } from '../people.js'
import type { Drafts } from './drafts.js'
import type { Events } from '../events.js'
import { readVersion, sha256 } from './live-draft.js'
import { buildPrompt, estimateTokens, tidyAnswer } from './prompts.js'
import { isSmall } from './small-models.js'

/** What a text job keeps in the queue: all that its result depends on. */
export interface TextJobParams {
  readonly item: string
  readonly operation: TextOperation
  readonly prompt: string
  readonly base: string
  readonly model: string
  readonly range: { readonly from: number; readonly to: number }
  readonly selection: string
  readonly before: string
  readonly document: string
  readonly seed: number
  readonly temperature: number
  readonly topP: number
  readonly topK: number
  readonly repeatPenalty?: number
  readonly maxTokens: number
}

/** Tokens of context beyond prompt and answer, for the template's own. */
const TEMPLATE_TOKENS = 128

/** How many seeds are tried after one that brought nothing. */
const MORE_SEEDS = 3

/** The runner of text jobs: the model's words stream as progress and become a proposal when they end or are stopped. */
export function createTextRunner(services: { engines: Engines; models: Models; projects: OpenProjects; drafts: Drafts; people: People; events: Events }): JobRunner {
  const { engines, models, projects, drafts, people, events } = services
  return {
    lane: 'text',
    afterRestart: 'interrupt',
    made: (job) => (projects.byPath(job.projectPath!)?.writer.factsOf('proposal', job.item!) ?? []).filter(({ fact }) => 'job' in fact.recipe && fact.recipe.job === job.id).map(({ id }) => id),
    async run(job, control) {
      const params = job.params as TextJobParams
      const project = projects.byPath(job.projectPath!)
      if (!project) throw new StudioError('not-found', { what: 'project', id: job.projectPath! })
      const model = await models.resolve('text', params.model)
      const parts = buildPrompt({ ...params, isSmall: isSmall(model) })
      const penalty = params.repeatPenalty === undefined ? {} : { repeatPenalty: params.repeatPenalty }
      const contextSize = Math.max(2048, estimateTokens([parts.system, parts.document, parts.instruction, parts.begin ?? ''].join('\n')) + params.maxTokens + TEMPLATE_TOKENS)
      control.progress(null, 'loading')
      await engines.ensureLoaded('text', { path: model.path, needed: model.needed(contextSize), builtIn: model.builtIn, contextSize }, {
        signal: control.signal,
        onWait: () => control.waits('waits-memory'),
      })
      control.waits(null)
      const started = Date.now()
      const ask = (seed: number) => engines.call('text', 'write', { ...parts, seed, temperature: params.temperature, topP: params.topP, topK: params.topK, ...penalty, maxTokens: params.maxTokens }, {
        signal: control.signal,
        onProgress: ({ delta, tokens }) => {
          control.text(delta)
          const share = Math.min(0.99, tokens / params.maxTokens)
          control.progress(share, 'writing', share > 0 ? ((Date.now() - started) * (1 - share)) / share : undefined)
        },
      })
      let { seed } = params
      let answer = await ask(seed)
      // A model may take the text for finished and say nothing. Another seed is the cheapest way to have it say more.
      for (let more = 0; more < MORE_SEEDS && answer.text.trim() === '' && answer.stopped === 'end'; more++) answer = await ask(seed = (seed + 1) % 2 ** 32)
      const text = tidyAnswer(answer.text, params.operation, isSmall(model) ? params.selection : null)
      if (text.trim() === '') {
        if (answer.stopped === 'person') throw new StudioError('cancelled', {})
        throw new StudioError('bad-output', { detail: 'the model answered with nothing' })
      }
      const author = people.current()
      await drafts.with(project, params.item, async (draft) => {
        const base = readVersion(project.writer, params.base)
        const pieces = makePieces(base, changeOf(params, base.content.size, text), sha256)
        const recipe: Recipe = {
          by: 'text-model', model: { name: model.name, hash: model.hash, ...(model.licence ? { licence: model.licence } : {}) }, engine: answer.engine,
          operation: params.operation, prompt: params.prompt, ...(params.selection ? { selection: params.selection } : {}), promptHash: answer.promptHash,
          seed, temperature: params.temperature, topP: params.topP, topK: params.topK, ...penalty, maxTokens: params.maxTokens,
          contextSize: answer.contextSize, threads: answer.threads, batch: { size: 1, index: 0 }, tokens: answer.tokens,
          tokensPerSecond: answer.tokensPerSecond, firstTokenMs: answer.firstTokenMs, stopped: answer.stopped,
          sources: [{ version: params.base, role: 'base' }], job: job.id, output: 0,
        }
        const fact: FactOf<'proposal'> = { kind: 'proposal', at: Date.now(), by: author.person, item: params.item, base: params.base, title: params.operation, pieces, recipe }
        const { facts } = await project.writer.commit({ label: 'undo.propose', author, facts: [fact], undoable: false })
        const proposal = facts[0]!
        const mapping = draft.untrack(job.id) ?? mapThroughDiff(base, draft.doc)
        draft.pieces.set(proposal, OpenPieces.fromProposal(base, pieces, { proposal }).map(mapping, draft.doc))
        await project.writer.writeDrafts([draft.fold(draft.keptAt ?? Date.now())])
        control.output(proposal)
        events.publish({ type: 'proposal.changed', project: project.handle, item: params.item, proposal })
      })
    },
  }
}

/** Where the words go: after the place for new words, in place of the selection or of the whole text for changed ones. */
function changeOf(params: TextJobParams, size: number, text: string): Parameters<typeof makePieces>[1] {
  const { operation, range } = params
  if (operation === 'rewrite' || (operation === 'instruct' && range.to > range.from)) return { kind: 'replace', from: range.from, to: range.to, text }
  // A continuation begins in the middle of a paragraph unless that paragraph has come to an end.
  const goesOn = operation === 'continue' && /[^\s.!?…:”"’)]\s*$/u.test(params.before)
  if (goesOn) return { kind: 'replace', from: range.from, to: range.from, text: /^\s|\s$/.test(params.before.slice(-1) + text[0]!) ? text : ` ${text}` }
  return { kind: 'insert', at: Math.min(range.from, size), text }
}
