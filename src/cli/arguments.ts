import { parseArgs } from 'node:util'
import { WrongCall, type Command, type Given, type Option } from './command.js'

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'print one line of JSON and nothing else' },
  'user-data': { type: 'string', value: 'DIR', help: 'keep settings, queue and keys in this folder' },
  help: { type: 'boolean', help: 'say how this command is called' },
}

export const writingOptions: Readonly<Record<string, Option>> = {
  'as-person': { type: 'string', value: 'NAME', help: 'work as this person, with an identity and key of their own' },
}

export const optionsOf = (command: Command): Readonly<Record<string, Option>> => ({ ...command.options, ...(command.writes ? writingOptions : {}), ...commonOptions })

export interface Call {
  readonly command: Command | null
  readonly given: Given
  readonly json: boolean
  readonly help: boolean
  readonly userData: string | undefined
  readonly asPerson: string | undefined
}

/** Whether a call that may be wrong in other ways asks for JSON: then its error is JSON too. */
export const wantsJson = (args: readonly string[]): boolean => args.includes('--json')

function checkArguments(command: Command, positionals: readonly string[]): void {
  const needed = command.arguments.filter((name) => !name.startsWith('['))
  if (positionals.length < needed.length) throw new WrongCall(`${command.name} needs ${needed.slice(positionals.length).join(' and ')}`)
  const extra = command.arguments.at(-1)?.endsWith('…') ? undefined : positionals[command.arguments.length]
  if (extra !== undefined) throw new WrongCall(`${command.name} does not know what to do with “${extra}”`)
}

const shape = (options: Readonly<Record<string, Option>>): Record<string, { type: Option['type'] }> =>
  Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))

/** The first word that is no option and no option's value, whichever command's options they are. */
function commandName(args: readonly string[], commands: readonly Command[]): string | undefined {
  const options = shape(Object.assign({}, commonOptions, ...commands.map(optionsOf)))
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: false }).positionals[0]
}

/** Reads a command line. Errors: `WrongCall`. */
export function readArguments(args: readonly string[], commands: readonly Command[]): Call {
  const name = commandName(args, commands)
  const command = commands.find((one) => one.name === name) ?? null
  if (name !== undefined && command === null) throw new WrongCall(`There is no command “${name}”. “galley --help” lists them.`)
  const options = command === null ? commonOptions : optionsOf(command)
  let values: Record<string, string | boolean | undefined>
  let positionals: string[]
  try {
    const parsed = parseArgs({ args: [...args], options: shape(options), allowPositionals: true, strict: true })
    values = parsed.values as typeof values
    positionals = parsed.positionals.slice(command === null ? 0 : 1)
  } catch (error) {
    throw new WrongCall(error instanceof Error ? error.message : String(error), { cause: error })
  }
  const help = values.help === true || command === null
  if (!help) checkArguments(command, positionals)
  const text = (option: string): string | undefined => (typeof values[option] === 'string' ? values[option] : undefined)
  return { command, help, json: values.json === true, userData: text('user-data'), asPerson: text('as-person'), given: givenOf(command, positionals, values) }
}

function givenOf(command: Command | null, positionals: readonly string[], values: Readonly<Record<string, string | boolean | undefined>>): Given {
  const text = (option: string): string | undefined => (typeof values[option] === 'string' ? values[option] : undefined)
  function numeric(option: string, pattern: RegExp, what: string, least: number, most: number): number | undefined {
    const given = text(option)
    if (given === undefined) return undefined
    const number = Number(given)
    if (!pattern.test(given) || number < least || number > most) throw new WrongCall(`--${option} is a ${what} from ${least} to ${most}, not “${given}”`)
    return number
  }
  return {
    argument: (wanted) => positionals[command?.arguments.indexOf(wanted) ?? -1] ?? '',
    rest: () => positionals.slice((command?.arguments.length ?? 1) - 1),
    text,
    flag: (option) => values[option] === true,
    whole: (option, least, most) => numeric(option, /^\d+$/, 'whole number', least, most),
    number: (option, least, most) => numeric(option, /^\d+(\.\d+)?$/, 'number', least, most),
  }
}

function lineOf([name, { value, help }]: [string, Option]): string {
  return `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(22)} ${help}`
}

/** How a command is called, or which commands there are. */
export function helpText(command: Command | null, commands: readonly Command[]): string {
  if (command !== null) {
    return [`galley ${[command.name, ...command.arguments].join(' ')}`, command.help, '', ...Object.entries(optionsOf(command)).map(lineOf)].join('\n')
  }
  const lines = commands.map((one) => `  ${[one.name, ...one.arguments].join(' ').padEnd(28)} ${one.help}`)
  return ['galley COMMAND …', '', ...lines, '', 'Versions and items are named by the beginning of their id or by their title.', '`galley COMMAND --help` says more.'].join('\n')
}
