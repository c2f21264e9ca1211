export { builtInIds } from './catalogue.js'
export { createModels, type ModelsOptions } from './models.js'
export type { BuiltIn, Inspection, KeyValueStore, ModelKind, Models, ResolvedModel } from './types.js'
export { findBuiltIn } from './built-in.js'
