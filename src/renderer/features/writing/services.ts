import type { DraftRequest, JobView, StudioEvent } from '../../../contract/index.js'
import type { DecisionRequest, DraftClient } from './draft-client.js'

/** What the writing room asks of the studio. `studio-services.ts` has the real one; another stands in where there is no core. */
export interface WritingServices {
  open(input: { project: string; item: string; session: string; take: boolean }): ReturnType<DraftClient['open']>
  append(input: { project: string; item: string } & Parameters<DraftClient['append']>[0]): ReturnType<DraftClient['append']>
  decide(input: { project: string; item: string } & DecisionRequest): ReturnType<DraftClient['decide']>
  close(input: { project: string; item: string; session: string }): Promise<unknown>
  ask(request: DraftRequest): Promise<{ job: string }>
  rename(input: { project: string; target: string; title: string }): Promise<unknown>
  undo(project: string): Promise<unknown>
  redo(project: string): Promise<unknown>
  jobs(project: string): Promise<JobView[]>
  job(id: string): Promise<JobView>
  cancelJob(id: string): Promise<unknown>
  retryJob(id: string): Promise<{ job: string }>
  dismissJob(id: string): Promise<unknown>
  onEvent(listener: (event: StudioEvent) => void): () => void
  onConnection(listener: (isOpen: boolean) => void): () => void
}
