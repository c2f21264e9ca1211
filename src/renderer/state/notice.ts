import { createStore } from './store.js'

export interface NoticeAction {
  readonly name: string
  /** An item: the action is of use only while that has more than one head. */
  readonly combines?: string
  readonly run: () => void
}

/** What was just done to the project as a whole, under the title bar until it is put away. */
export interface ProjectNotice {
  readonly project: string
  readonly words: string
  /** Why it was not done. */
  readonly error?: unknown
  readonly actions: readonly NoticeAction[]
  /** The change that "Undo" takes back, as core calls it; the button stays only while that is the last one. */
  readonly undoes?: string
}

export const projectNotice = createStore<ProjectNotice | null>(null)
