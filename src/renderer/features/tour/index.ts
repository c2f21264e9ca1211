export { beginTour } from './begin.js'
export { Tour } from './tour.js'
