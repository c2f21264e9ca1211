import { askForProposal as ask, type ProposalWish } from './open-texts.js'
import { studioServices } from './studio-services.js'

export { useCommentPlaces, withMore } from './comment-desk.js'
export { PlaceSearch, placeThreads } from './comment-places.js'
export { CommentPins } from './comment-pins.js'
export { addMarks, commentsPlugin, marksOf, showCurrent, showMarks, type CommentMark } from './comments-plugin.js'
export { flushText, focusText, pendingAnchor, type ProposalWish } from './open-texts.js'
export { insertPosition, textSelection, useHasSelection, useTextSelection, type TextSelection } from './selection.js'
export { TextWork } from './text-work.js'
export { useOriginals } from './use-originals.js'

/** Asks a model for a proposal on an open text, after everything typed has gone to core. Errors: those of `texts.ask`. */
export const askForProposal = (wish: ProposalWish): Promise<{ job: string }> => ask(studioServices, wish)
