// Running other programs.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ownNode, root, stateFolder } from './paths.mjs'

/** The environment of everything that is started here: the project's own Node and programs come first. */
export function environment(extra = {}) {
  const path = [dirname(ownNode), join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true', ...extra, PATH: path }
}

/**
 * Runs a program to its end and gives its exit code; -1 where it could not be started or took longer than `limitMs`.
 * With `log`, its output goes into that file of the logs folder instead of the terminal; with `toStderr`, all of it to
 * the error output.
 */
export function run(command, args, { env = environment(), cwd = root, log, toStderr = false, limitMs, shell = false } = {}) {
  // A log is read as plain text.
  if (log) env = { ...env, NO_COLOR: '1', FORCE_COLOR: '0' }
  const stdio = log ? ['ignore', 'pipe', 'pipe'] : ['ignore', toStderr ? 2 : 'inherit', 'inherit']
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio, shell })
    let file
    if (log) {
      mkdirSync(dirname(logFile(log)), { recursive: true })
      file = createWriteStream(logFile(log))
      child.stdout.pipe(file, { end: false })
      child.stderr.pipe(file, { end: false })
    }
    const limit = limitMs ? setTimeout(() => child.kill('SIGKILL'), limitMs) : undefined
    const end = (code) => {
      clearTimeout(limit)
      if (file) file.end(() => resolve(code))
      else resolve(code)
    }
    child.on('error', () => end(-1))
    child.on('close', (code) => end(code ?? -1))
  })
}

export function logFile(name) {
  return join(stateFolder, 'logs', `${name}.log`)
}

/** The last lines of a log, for a message. */
export function endOfLog(name, lines = 15) {
  return readFileSync(logFile(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
