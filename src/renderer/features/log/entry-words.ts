import type { LogEntryView } from '../../../contract/index.js'
import { t, textOf } from '../../messages/t.js'

/** What an entry of the log did: as it was called where it was done here, else by what it brought. */
export function entryWords({ label, kinds, registers }: Pick<LogEntryView, 'label' | 'kinds' | 'registers'>): string {
  const called = label === null ? null : textOf(label)
  if (called !== null) return capital(called)
  const brought = [...new Set(kinds)].map((kind) => textOf(`log.kind.${kind}`) ?? kind)
  if (registers > 0) brought.push(t('log.registers', { count: registers }))
  return brought.length === 0 ? capital(t('log.nothing')) : capital(brought.join(', '))
}

const capital = (words: string): string => words.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase())
