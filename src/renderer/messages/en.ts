import { writing } from '../features/writing/messages.js'
import { errors } from './en/errors.js'
import { general } from './en/general.js'
import { history } from './en/history.js'
import { make } from './en/make.js'
import { queue } from './en/queue.js'
import { setup } from './en/setup.js'
import { versions } from './en/versions.js'
import { workspace } from './en/workspace.js'

/** Every text of the interface: flat ids to ICU messages. */
export const en = { ...errors, ...general, ...history, ...make, ...queue, ...setup, ...versions, ...workspace, ...writing } as const
