export * from './commit.js'
export * from './facts.js'
export * from './ids.js'
export * from './recipe.js'
