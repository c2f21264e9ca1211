import type { ContractRouterClient } from '@orpc/contract'
import type { ProjectSummary, StudioContract } from '../contract/index.js'

/** The operations of the studio, whoever carries them. */
export type StudioClient = ContractRouterClient<StudioContract>

/** The command line itself was wrong: exit code 2. */
export class WrongCall extends Error {
  override readonly name = 'WrongCall'
}

export interface CommandContext {
  readonly client: StudioClient
  /** Aborts when the person interrupts. */
  readonly signal: AbortSignal
  /** Opens the project of a path as it was typed; it is closed with the studio. */
  open(path: string): Promise<ProjectSummary>
  /** A path as it was typed, made absolute. */
  resolve(path: string): string
  /** The bytes of a picture of an open project, as they were made or brought in. Errors: `not-found`. */
  picture(project: ProjectSummary, hash: string): Iterable<Uint8Array>
  /** One line about what goes on, for people, never among the results. */
  note(line: string): void
  /** How far long work is, in place of what was said before; null takes it away again. Only where people look. */
  progress(line: string | null): void
}

export interface Outcome {
  /** What `--json` prints, on one line. */
  readonly value: Record<string, unknown>
  /** What people read. */
  readonly text: string
  /** It was done and the answer is bad news: exit code 3. */
  readonly failed?: boolean
}

export interface Option {
  readonly type: 'string' | 'boolean'
  /** Name of the value in the help. */
  readonly value?: string
  readonly help: string
}

export interface Command {
  readonly name: string
  /** Names of the arguments, in order; one in brackets may be left out, one that ends in … takes one or more. */
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, Option>>
  readonly help: string
  /** Changes projects, so that `--as-person` says who does. */
  readonly writes: boolean
  run(context: CommandContext, given: Given): Promise<Outcome>
}

/** Arguments and options of one call, already checked against the command. */
export interface Given {
  argument(name: string): string
  text(option: string): string | undefined
  flag(option: string): boolean
  /** Errors: `WrongCall` where it is no whole number of this range. */
  whole(option: string, least: number, most: number): number | undefined
  /** Errors: `WrongCall` where it is no number of this range. */
  number(option: string, least: number, most: number): number | undefined
  /** What the last argument took, where it takes several. */
  rest(): string[]
}
