import { mkdtempSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import type { EngineRole } from '../../contract/index.js'

/** Tests and benches run in the project's folder; this file itself may lie in a bundle elsewhere. */
const root = process.cwd()

/**
 * Bundles the entry of an engine role for tests, so that they start the real process from the sources as they are.
 * The result lies inside the project, because native packages are found from there. `remove` takes it away again.
 */
export async function buildEngine(role: EngineRole): Promise<{ entry: string; remove: () => Promise<void> }> {
  const parent = join(root, '.cache', 'engine-test')
  mkdirSync(parent, { recursive: true })
  const outDir = mkdtempSync(join(parent, `${role}-`))
  await build({
    root, configFile: false, logLevel: 'error',
    build: {
      ssr: join(root, 'src', 'engine', role, 'main.ts'), outDir, emptyOutDir: false, minify: false, target: 'node22',
      rollupOptions: { output: { format: 'es', entryFileNames: 'main.mjs' } },
    },
    ssr: { noExternal: ['zod', /^@orpc\//], external: ['node-llama-cpp', 'onnxruntime-node', 'sharp', '@huggingface/tokenizers'] },
  })
  return { entry: join(outDir, 'main.mjs'), remove: () => rm(outDir, { recursive: true, force: true }) }
}
