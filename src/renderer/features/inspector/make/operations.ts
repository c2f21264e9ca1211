import type { TextOperation } from '../../../../contract/index.js'
import { t } from '../../../messages/t.js'
import type { Choice } from '../../../ui/select.js'

export type OperationChoice = TextOperation

const order: readonly TextOperation[] = ['draft', 'continue', 'rewrite', 'instruct']

/** What a model can be asked to do with a text. */
export function textOperations(): readonly Choice<TextOperation>[] {
  return order.map((operation) => ({ id: operation, name: t(`make.operation.${operation}`), about: t(`make.about.${operation}`) }))
}
