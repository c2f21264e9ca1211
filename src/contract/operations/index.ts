import { copies } from './copies.js'
import { exchange } from './exchange.js'
import { items } from './items.js'
import { jobs } from './jobs.js'
import { models } from './models.js'
import { pictures } from './pictures.js'
import { projects } from './projects.js'
import { review } from './review.js'
import { search } from './search.js'
import { system } from './system.js'
import { texts } from './texts.js'

/** All that the studio can be asked for. A handler table that lacks one of these does not compile. */
export const contract = { system, projects, items, texts, jobs, models, exchange, review, copies, pictures, search }
export type StudioContract = typeof contract

export { reviewState, type FolderSummary, type ItemSummary, type ReviewState, type VersionSummary } from './items.js'
export { type ExportedFile } from './exchange.js'
export { type JobState, type JobView } from './jobs.js'
export { type ModelView } from './models.js'
export { mostUploadBytes, uploadPartBytes, type ImportOutcome, type PictureCapabilities, type PictureRequest, type PromptUse, type RemakeOutlook } from './pictures.js'
export { type ProjectSummary } from './projects.js'
export { type CommentThread, type DecisionView, type LogEntryView, type MemberView, type ReviewView } from './review.js'
export { type HeadsView, type MergeCounts, type MergePreview, type MergeSegmentView } from './copies.js'
export { type SearchHit } from './search.js'
export { settings, type EngineState, type Settings } from './system.js'
export { type DraftRequest, type DraftStep, type DraftView, type OpenPiece, type ProposalView, type TextOperation } from './texts.js'
