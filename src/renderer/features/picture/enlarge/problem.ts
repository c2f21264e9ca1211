import { createStore } from '../../../state/store.js'

/** Why a picture could not be enlarged: shown over it, wherever that was asked for. */
export const enlargeProblem = createStore<{ readonly item: string; readonly error: unknown } | null>(null)
