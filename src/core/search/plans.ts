import type { FactId, RegisterWrite } from '../../contract/index.js'
import type { LogEntry, ProjectReader, Slices } from '../project/index.js'
import { briefName, briefOf, commentName, commentOf, newestWords, promptOf, promptsOf, tagsOf, wholeItem, wordsOf } from './documents.js'
import type { SearchDocument, SearchItem } from './types.js'

/** What of an item is to be read again. */
interface Plan {
  /** Everything, in place of all that follows. */
  isWhole: boolean
  /** Its words: as they are typed, or those of other heads too. */
  words: 'typed' | 'all' | null
  isRetitled: boolean
  hasTags: boolean
  hasBrief: boolean
  /** All prompts, or those of some facts. */
  hasPrompts: boolean
  readonly prompts: Set<FactId>
  readonly comments: Set<FactId>
}

export type Plans = ReadonlyMap<FactId, Plan>

/** Says what commits changed of which items. `also`: items in which something was typed, which is in no commit. */
export async function planFor(reader: ProjectReader, entries: readonly LogEntry[], also: Iterable<FactId>, slices: Slices): Promise<Plans> {
  const plans = new Map<FactId, Plan>()
  const planOf = (item: FactId): Plan => {
    const plan: Plan = plans.get(item)
      ?? { isWhole: false, words: null, isRetitled: false, hasTags: false, hasBrief: false, hasPrompts: false, prompts: new Set(), comments: new Set() }
    plans.set(item, plan)
    return plan
  }
  for (const item of also) if (reader.kindOf(item) === 'item') planOf(item).words = 'typed'
  for (const { commit } of entries) {
    for (const id of commit.facts) {
      planFact(reader, id, planOf)
      await slices.breathe()
    }
    for (const write of commit.registers) {
      planRegister(reader, write, planOf)
      await slices.breathe()
    }
  }
  return plans
}

function planFact(reader: ProjectReader, id: FactId, planOf: (item: FactId) => Plan): void {
  const kind = reader.kindOf(id)
  if (kind === 'item') planOf(id).isWhole = true
  else if (kind === 'comment') planOf(reader.fact(kind, id)!.fact.item).comments.add(id)
  else if (kind === 'version' || kind === 'proposal') {
    const plan = planOf(reader.fact(kind, id)!.fact.item)
    plan.prompts.add(id)
    if (kind === 'version') plan.words = 'all'
  } else if (kind === 'removal') {
    const item = reader.fact('version', reader.fact(kind, id)!.fact.version)?.fact.item
    if (item !== undefined) planOf(item).words = 'all'
  }
}

function planRegister(reader: ProjectReader, { target, name }: RegisterWrite, planOf: (item: FactId) => Plan): void {
  const kind = reader.kindOf(target)
  if (kind === 'item') {
    if (name === 'hidden' || name === 'deleted') planOf(target).isWhole = true
    else if (name === 'title') planOf(target).isRetitled = true
    else if (name === 'brief') planOf(target).hasBrief = true
    else if (name.startsWith('tag:')) planOf(target).hasTags = true
  } else if (kind === 'comment' && name === 'hidden') planOf(reader.fact(kind, target)!.fact.item).comments.add(target)
  else if ((kind === 'version' && (name === 'hidden' || name === 'picked')) || (kind === 'proposal' && name === 'hidden')) {
    const plan = planOf(reader.fact(kind, target)!.fact.item)
    if (kind === 'version') plan.words = 'all'
    if (name === 'hidden') plan.hasPrompts = true
  }
}

/** Reads what the plans name, bit by bit. */
export function* readPlans(reader: ProjectReader, plans: Plans): Generator<SearchItem | null> {
  for (const [item, plan] of plans) {
    if (plan.isWhole) yield* wholeItem(reader, item)
    else yield* readPlan(reader, item, plan)
  }
}

function* readPlan(reader: ProjectReader, item: FactId, plan: Plan): Generator<SearchItem | null> {
  const row = reader.item(item)
  // What is set aside is not found, whatever happens to it.
  if (row === null || row.deleted) return
  const { kind, title } = row
  const part = (documents: SearchDocument[], more: Partial<SearchItem> = {}): SearchItem => ({ item, kind, title, documents, places: [], ...more })
  if (plan.words === 'all' || plan.isRetitled) yield part(wordsOf(reader, row), { places: ['text'] })
  else if (plan.words === 'typed') yield part([newestWords(reader, row)])
  if (plan.isRetitled) yield part([], { retitled: true })
  if (plan.hasTags) yield part(tagsOf(row), { places: ['tag'] })
  if (plan.hasBrief) yield part(briefOf(row), row.brief === '' ? { gone: [briefName(item)] } : {})
  if (plan.hasPrompts) {
    yield part(briefOf(row), { more: true })
    for (const document of promptsOf(reader, item)) yield document === null ? null : part([document], { more: true })
    yield part([], { places: ['prompt'] })
  } else {
    for (const id of plan.prompts) {
      const fact = (reader.fact('version', id) ?? reader.fact('proposal', id))?.fact
      if (fact !== undefined && 'prompt' in fact.recipe && fact.recipe.prompt !== '') yield part([promptOf(item, fact.recipe.prompt)])
    }
  }
  for (const id of plan.comments) {
    const document = commentOf(reader, item, id)
    yield document === null ? part([], { gone: [commentName(item, id)] }) : part([document])
  }
}
