import { applyTheme, rememberedTheme } from './theme.js'

// Runs before the page is drawn, so that a dark desk does not flash white. Settings arrive later and correct it.
applyTheme(rememberedTheme())
