import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './en.js'

export type Messages = typeof en
export type MessageId = keyof Messages

type UpTo<S extends string, End extends string> = S extends `${infer A}${End}${string}` ? A : S
type Word<S extends string> = UpTo<UpTo<S, '}'>, ','>
// Not every brace begins an argument: a plural's branch `{# items}` does as well. Branches therefore always hold a space
// or a `#`, which no name does; a test keeps it so.
type IfName<N extends string> = N extends '' | `${string}${' ' | '#' | '{'}${string}` ? never : N
type Names<S extends string> = S extends `${string}{${infer Rest}` ? IfName<Word<Rest>> | Names<Rest> : never

/** The arguments that a message takes, read from its text. */
export type MessageValues<I extends MessageId> = { [N in Names<Messages[I]>]: string | number | boolean }

type Rest<I extends MessageId> = [Names<Messages[I]>] extends [never] ? [] : [values: MessageValues<I>]

export const locale = 'en-GB'
const formats = new Map<string, IntlMessageFormat>()

function formatOf(text: string): IntlMessageFormat {
  let format = formats.get(text)
  if (!format) {
    format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
    formats.set(text, format)
  }
  return format
}

/** The interface text of an id, with its values put in. */
export function t<I extends MessageId>(id: I, ...[values]: Rest<I>): string {
  return formatText(en[id], values)
}

/** The text of an id that came from elsewhere (a job's wait, a notice), or null where there is none. */
export function textOf(id: string, values: Readonly<Record<string, unknown>> = {}): string | null {
  return id in en ? formatText(en[id as MessageId], values) : null
}

/** Never throws: values may come from another version of core, and a sentence with a gap is better than none. */
function formatText(text: string, values: object = {}): string {
  const filled: Record<string, unknown> = { ...values }
  for (;;) {
    try {
      return String(formatOf(text).format(filled as Record<string, string>)).trim()
    } catch (error) {
      const missing = (error as { originalMessage?: string; variableId?: string }).variableId ?? /variable "([^"]+)" was not provided/.exec(String(error))?.[1]
      if (missing === undefined || missing in filled) return text
      filled[missing] = ''
    }
  }
}
