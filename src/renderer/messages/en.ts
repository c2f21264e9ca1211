import { writing } from '../features/writing/messages.js'
import { copies } from './en/copies.js'
import { errors } from './en/errors.js'
import { files } from './en/files.js'
import { general } from './en/general.js'
import { history } from './en/history.js'
import { lineage } from './en/lineage.js'
import { make } from './en/make.js'
import { pictures } from './en/pictures.js'
import { queue } from './en/queue.js'
import { review } from './en/review.js'
import { sample } from './en/sample.js'
import { search } from './en/search.js'
import { setup } from './en/setup.js'
import { versions } from './en/versions.js'
import { workspace } from './en/workspace.js'

/** Every text of the interface: flat ids to ICU messages. */
export const en = { ...copies, ...errors, ...files, ...general, ...history, ...lineage, ...make, ...pictures, ...queue, ...review, ...sample, ...search, ...setup, ...versions, ...workspace, ...writing } as const
