export { Comparison } from './comparison.js'
export { Compare } from './compare.js'
