// `npm run pictures`: makes the pictures of the README on a small real piece of work, into build/pictures/.
import { join } from 'node:path'
import { ownNode, root } from './lib/paths.mjs'
import { environment, run } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

await setUpQuietly()
const playwright = join(root, 'node_modules/@playwright/test/cli.js')
process.exitCode = await run(ownNode, [playwright, 'test', 'pictures/', '--project=browser'], { env: environment({ GALLEY_PICTURES: '1' }) })
