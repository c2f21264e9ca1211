// What was done with which inputs, so that it is not done again.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

function addTo(hash, root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return void hash.update(`${path}\0absent\0`)
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, root, `${path}/${name}`)
    return
  }
  hash.update(`${path}\0`)
  hash.update(readFileSync(full))
  hash.update('\0')
}

/** SHA-256 over files and folders (with all that is in them), names and contents; what is absent counts as absent. */
export function hashOf(root, paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, root, path)
  return hash.digest('hex')
}

/** Was the work behind this stamp done with these very inputs? */
export function isStamped(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value
}

export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, value)
}
