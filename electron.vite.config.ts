import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/**
 * Main and preload carry everything they need and are CommonJS for Node 16.17 (ES2022 syntax), so that the same build runs on the
 * older Electron of the test harness. The page is built for Chromium 108 for the same reason.
 */
function shellPart(name: 'main' | 'preload') {
  return {
    build: {
      outDir: resolve(root, 'out', name),
      externalizeDeps: false,
      target: 'node16.17',
      minify: false,
      lib: { entry: resolve(root, `src/${name}/${name}.ts`), formats: ['cjs' as const] },
      rolldownOptions: { external: ['electron', /^node:/], output: { entryFileNames: `${name}.cjs`, codeSplitting: false } },
    },
  }
}

export default defineConfig({
  main: shellPart('main'),
  preload: shellPart('preload'),
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      // Not `assets`: that is where pictures of projects are.
      assetsDir: 'static',
      // Inlined files would be data: addresses, which the page's policy does not admit.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'chrome108',
      rolldownOptions: { input: resolve(root, 'src/renderer/index.html') },
    },
    publicDir: existsSync(resolve(root, 'src/renderer/public')) ? resolve(root, 'src/renderer/public') : false,
  },
})
