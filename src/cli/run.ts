import { helpText, readArguments, wantsJson } from './arguments.js'
import type { Command, CommandContext } from './command.js'
import { exitCodes, failureOf, sentenceOf } from './failure.js'

export interface Ended { readonly exitCode: number; readonly out: string; readonly error: string }

/** What a call needs beside its arguments. `begin` starts the studio, only when a command is really run. */
export interface Surroundings {
  readonly commands: readonly Command[]
  begin(call: { userData: string | undefined; asPerson: string | undefined }): Promise<{ context: CommandContext; end: () => Promise<void> }>
}

/** Runs one command line. Never throws: what went wrong is in the exit code and, with `--json`, in the one line of output. */
export async function runCommand(args: readonly string[], { commands, begin }: Surroundings): Promise<Ended> {
  const json = wantsJson(args)
  try {
    const call = readArguments(args, commands)
    if (call.help || call.command === null) {
      const text = helpText(call.command, commands)
      const asked = args.includes('--help') || args.length === 0
      return asked ? { exitCode: exitCodes.done, out: text, error: '' } : { exitCode: exitCodes.wrongCall, out: '', error: text }
    }
    const { context, end } = await begin(call)
    try {
      const { value, text, failed } = await call.command.run(context, call.given)
      return { exitCode: failed ? exitCodes.failed : exitCodes.done, out: json ? JSON.stringify(value) : text, error: '' }
    } finally {
      await end()
    }
  } catch (error) {
    const { record, exitCode } = failureOf(error)
    return { exitCode, out: json ? JSON.stringify({ error: record }) : '', error: json ? '' : sentenceOf(record) }
  }
}
