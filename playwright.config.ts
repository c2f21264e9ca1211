import { defineConfig } from '@playwright/test'
import type { ShellOptions } from './e2e/support/studio.js'

// The same specs run in both shells: `browser` (Chromium found on PATH) and `desktop` (a real Electron).
export default defineConfig<ShellOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Makes the pictures of the README: `npm run pictures`.
  testIgnore: process.env.GALLEY_PICTURES ? [] : 'pictures/**',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  // A machine that does other things beside may be slow once; what passes at the second try is named in the report.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ...(process.env.GALLEY_REPORT ? [['json', { outputFile: process.env.GALLEY_REPORT }] as ['json', { outputFile: string }]] : [])],
  projects: [
    { name: 'browser', use: { shell: 'browser' } },
    { name: 'desktop', use: { shell: 'desktop' } },
  ],
})
