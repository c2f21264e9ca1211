import { createStore } from '../../../state/store.js'

/** The item whose picture is to be painted on, asked for from elsewhere; the light table takes it up and forgets it. */
export const wantsBrush = createStore<string | null>(null)
