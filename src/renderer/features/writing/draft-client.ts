import { StudioError, studioErrorData, type DraftStep, type DraftView, type ProposalView, type StudioErrorCode } from '../../../contract/index.js'

export interface Decision {
  piece: number
  outcome: 'accepted' | 'rejected'
}

/** Session and number stand where the deciding window is the one that writes. */
export interface DecisionRequest {
  session?: string
  number?: number
  proposal: string
  decisions: Decision[]
}

/** What a draft session needs of core, for one text. A call that never reached core or whose answer was lost rejects without a code. */
export interface DraftClient {
  open(input: { session: string; take: boolean }): Promise<DraftView>
  append(input: { session: string; number: number; steps: DraftStep[] }): Promise<{ number: number; keptAt: number }>
  decide(input: DecisionRequest): Promise<{ number: number; steps: DraftStep[]; version: string | null; proposal: ProposalView }>
  close(input: { session: string }): Promise<unknown>
}

/** The code of an error that core answered with; null where there was no answer. */
export function answeredCode(error: unknown): StudioErrorCode | null {
  const code: unknown = error instanceof StudioError ? error.code : (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code in studioErrorData ? (code as StudioErrorCode) : null
}

/** The connection went away before an answer came: nobody knows whether core did it. */
export class ConnectionLost extends Error {
  constructor() {
    super('the connection to core was lost')
    this.name = 'ConnectionLost'
  }
}

export interface Clock {
  now(): number
  /** Calls back after so many milliseconds; the answer cancels. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
