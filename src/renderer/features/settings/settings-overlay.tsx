import type { Settings } from '../../../contract/index.js'
export function SettingsOverlay(_: { readonly settings: Settings }) { return null }
