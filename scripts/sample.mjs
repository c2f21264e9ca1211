// `npm run sample`: makes the sample project anew, by the studio's own means (tools/sample/).
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { bundleForNode } from './build.mjs'
import { ownNode, root, stateFolder } from './lib/paths.mjs'
import { environment } from './lib/run.mjs'
import { setUpQuietly } from './lib/set-up.mjs'

await setUpQuietly()
// Inside the project, because packages are found from there.
const out = join(stateFolder, 'sample')
await bundleForNode({ make: join(root, 'tools/sample/make.ts') }, out)
const { status, error } = spawnSync(ownNode, [join(out, 'make.mjs'), root, ...process.argv.slice(2)], { stdio: 'inherit', env: environment() })
if (error) console.error(error.message)
process.exitCode = status ?? 1
