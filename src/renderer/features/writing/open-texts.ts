import type { CommentAnchor, DraftRequest } from '../../../contract/index.js'
import { notePlace } from './live-jobs.js'
import { textSelection } from './selection.js'
import type { WritingServices } from './services.js'
import type { DocumentTools } from './open-text.js'
import { TextDesk } from './text-desk.js'

interface Entry {
  desk: TextDesk
  users: number
}

/** The open texts of this window. One that still has words to send stays after its component is gone. */
const open = new Set<Entry>()

const drawSession = (): string => crypto.randomUUID()

function find(project: string, item: string): Entry | undefined {
  for (const entry of open) {
    const { place, session } = entry.desk
    if (place.item !== item) continue
    if (place.project === project) return entry
    // Core was restarted and gave the project another handle: the words that waited for it go on under that.
    if (session.status.phase !== 'lost' && session.status.failure !== 'not-found') continue
    entry.desk.moveTo(project)
    return entry
  }
  return undefined
}

/** The desk of a text, made where there is none yet. Each call is ended by `releaseText`. */
export function holdText(services: WritingServices, tools: DocumentTools, project: string, item: string): TextDesk {
  const known = find(project, item)
  if (known) {
    known.users++
    return known.desk
  }
  const entry = { desk: new TextDesk(services, { project, item }, tools, drawSession()), users: 1 }
  open.add(entry)
  return entry.desk
}

export function releaseText(desk: TextDesk): void {
  for (const entry of open) {
    if (entry.desk !== desk) continue
    entry.users--
    void closeWhenKept(entry)
  }
}

async function closeWhenKept(entry: Entry): Promise<void> {
  // Effects run twice in development, and a person may come back at once: only what stays unused is closed.
  await Promise.resolve()
  if (entry.users > 0) return
  if (entry.desk.session.state && entry.desk.session.status.writable) await entry.desk.session.flush()
  if (entry.users > 0 || !open.delete(entry)) return
  entry.desk.dispose()
  await entry.desk.session.close()
}

/** Resolves when everything typed into a text in this window is on core's disk. At once where it is not open. */
export async function flushText(project: string, item: string): Promise<void> {
  for (const { desk } of open) if (desk.place.project === project && desk.place.item === item && desk.session.status.writable) await desk.session.flush()
}

/**
 * The anchor of the comment that was begun on a text's words. Everything typed goes to core first, so that positions mean
 * the same there. Null where the words are gone or the text is not open.
 */
export async function pendingAnchor(project: string, item: string): Promise<CommentAnchor | null> {
  await flushText(project, item)
  for (const { desk } of open) if (desk.place.project === project && desk.place.item === item && desk.view) return desk.comments.anchor()
  return null
}

/** Gives the focus back to a text that is shown. */
export function focusText(item: string): void {
  for (const { desk } of open) if (desk.place.item === item) desk.view?.focus()
}

/** What is asked for; where the words go is given by what is selected when it is asked. */
export interface ProposalWish extends Omit<DraftRequest, 'range'> {
  /** `selection`: the selected words; `cursor`: after the cursor; `text`: the whole text. */
  on: 'selection' | 'cursor' | 'text'
}

/**
 * Asks a model for a proposal. Positions mean something to core only when it has everything that was typed, so that goes
 * first. Errors: those of `texts.ask`.
 */
export async function askForProposal(services: WritingServices, { on, ...wish }: ProposalWish): Promise<{ job: string }> {
  await flushText(wish.project, wish.item)
  const selection = textSelection(wish.item)
  const range = on === 'text' || !selection ? undefined : { from: on === 'selection' ? selection.from : selection.to, to: selection.to }
  const answer = await services.ask({ ...wish, ...(range ? { range } : {}) })
  notePlace(answer.job, range?.to ?? null)
  return answer
}
