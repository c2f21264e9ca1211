export { readReviews, type Reviews } from './state.js'
export { readThreads } from './threads.js'
export { readMembers, readWaiting, viewReview } from './view.js'
export { signDecision, signMembership } from './sign.js'
