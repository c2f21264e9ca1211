import { defineConfig } from 'vitest/config'

// Two kinds: `unit` runs in plain Node without engines; `engine` starts real engine processes with real models.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { name: 'unit', setupFiles: ['scripts/vitest-setup.ts'], include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'], exclude: ['src/**/*.engine.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'engine', include: ['src/**/*.engine.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
})
