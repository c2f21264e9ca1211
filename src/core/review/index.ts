export { readReviews, type Reviews } from './state.js'
