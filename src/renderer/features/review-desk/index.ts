export { ReviewDesk } from './review-desk.js'
export { WaitingRow } from './waiting-row.js'
