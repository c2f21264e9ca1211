export type { StudioOptions } from './options.js'
export { createStudio, type Studio } from './studio.js'
