// Builds everything into out/: main, preload and page with electron-vite, the Node entries with vite.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './lib/paths.mjs'

/** Entries that run in Node: name in out/ (without .mjs) → source. */
const nodeEntries = {
  'core/core': 'src/core/entry/main.ts',
  'engine/text': 'src/engine/text/main.ts',
  'engine/image': 'src/engine/image/main.ts',
  'engine/media': 'src/engine/media/main.ts',
  'web/web': 'src/web/web.ts',
  'cli/galley': 'src/cli/galley.ts',
}

/** Bundles TypeScript entries (name without ending → source) for Node; packages stay outside. */
export async function bundleForNode(entries, outDir) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entries,
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  })
}

async function buildShellParts() {
  const { build } = await import('electron-vite')
  await build({ configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' })
}

/** Builds everything. The folder is emptied first, so that nothing of an older build is mistaken for this one. */
export async function build() {
  rmSync(join(root, 'out'), { recursive: true, force: true })
  await bundleForNode(Object.fromEntries(Object.entries(nodeEntries).map(([name, source]) => [name, join(root, source)])), join(root, 'out'))
  await buildShellParts()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(root)
  await build()
}
