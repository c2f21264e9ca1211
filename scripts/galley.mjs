// `npm run galley -- …`: the command line, built first where its sources changed.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ownNode, root } from './lib/paths.mjs'
import { environment } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

await setUpQuietly()
const { status, error } = spawnSync(ownNode, [join(root, 'out/cli/galley.mjs'), ...process.argv.slice(2)], { stdio: 'inherit', env: environment() })
if (error) console.error(error.message)
process.exitCode = status ?? 1
