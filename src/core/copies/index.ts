export { combineHeads } from './combine.js'
export { readHeads } from './heads.js'
