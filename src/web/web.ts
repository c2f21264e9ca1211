import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CoreProcess } from '../shell/core-process.js'
import { chooseFolders, optionValue } from '../shell/folders.js'
import { openSigningKey } from '../shell/signing-key.js'
import { forkCore } from './core-child.js'
import { openBrowser } from './open-browser.js'
import { Pages } from './pages.js'
import { serve } from './server.js'

// The browser shell: Galley in a browser of this computer.
const usage = `Opens Galley in a browser of this computer, at an address on 127.0.0.1 that only this computer reaches.

  --user-data DIR   keep settings, queue and search index in DIR
  --port N          answer on port N (a free one otherwise)
  --no-open         print the address and open no browser
`
const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage)
  process.exit(0)
}
const out = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(out, '../package.json'), 'utf8')) as { version: string }
const folders = chooseFolders(args)
mkdirSync(folders.userData, { recursive: true })
mkdirSync(folders.cacheDir, { recursive: true })
const key = openSigningKey(join(folders.userData, 'signing-key'))

const core = new CoreProcess({
  options: {
    ...folders, resources: join(out, '../resources'), engines: join(out, 'engine'), shell: 'browser', version, publicKey: key.publicKey, keyStore: 'file',
  },
  key,
  start: () => forkCore(join(out, 'core/core.mjs')),
  onMessage: (message) => { if (message.type === 'data') pages.deliver(message) },
  onStart: () => {},
  onLost: (reason, waitMs) => {
    console.error(`Core ended (${reason}); it starts again${waitMs > 0 ? ` in ${waitMs / 1000} s` : ''}.`)
    pages.drop()
  },
})
const pages = new Pages((message) => core.post(message))
core.start()

const served = await serve(Number(optionValue(args, 'port') ?? 0), { root: join(out, 'renderer'), asset: (request) => core.asset(request) }, (socket) => pages.add(socket))
const address = `http://127.0.0.1:${served.port}${served.gate.invite()}`
console.log(`Galley is at ${address}`)
if (!args.includes('--no-open')) openBrowser(address)

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  await served.close()
  await core.close()
  process.exit(0)
}
process.on('SIGINT', () => void end())
process.on('SIGTERM', () => void end())
