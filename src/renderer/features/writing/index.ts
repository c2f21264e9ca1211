import type { DraftRequest } from '../../../contract/index.js'
import { client } from '../../studio.js'

export { useHasSelection, useTextSelection } from './selection.js'
export { TextWork } from './text-work.js'

export interface ProposalWish extends Omit<DraftRequest, 'range'> {
  on: 'selection' | 'cursor' | 'text'
}

export const askForProposal = ({ on: _on, ...wish }: ProposalWish): Promise<{ job: string }> => client.texts.ask(wish)
export async function flushText(_project: string, _item: string): Promise<void> {}
