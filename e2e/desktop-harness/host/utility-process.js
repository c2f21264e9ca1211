'use strict'
// utilityProcess.fork on a current Node: a forked child whose process.parentPort behaves as in Electron. A transferred
// MessagePortMain stays in this process and its messages are relayed, both ways, by a number that stands for it.
const { EventEmitter } = require('events')
const { fork } = require('child_process')
const path = require('path')

let nextPort = 1

class ForkedUtility extends EventEmitter {
  constructor(modulePath, args = [], options = {}) {
    super()
    const stdio = options.stdio === 'pipe' ? 'pipe' : options.stdio === 'ignore' ? 'ignore' : 'inherit'
    const env = { ...(options.env || process.env) }
    delete env.ELECTRON_RUN_AS_NODE
    delete env.NODE_OPTIONS
    this.child = fork(path.join(__dirname, 'utility-child.cjs'), [modulePath, ...args], {
      execPath: process.env.HARNESS_NODE || 'node',
      execArgv: options.execArgv || [],
      cwd: options.cwd,
      env,
      // Not 'advanced': the v8.Serializer of this old Electron aborts the process at random. So messages are JSON here,
      // which Galley's all are.
      serialization: 'json',
      stdio: ['ignore', stdio, stdio, 'ipc'],
    })
    this.ports = new Map()
    this.child.on('spawn', () => this.emit('spawn'))
    this.child.on('exit', (code, signal) => {
      for (const port of this.ports.values()) port.close()
      this.emit('exit', code ?? (signal ? 128 : 1))
    })
    this.child.on('error', (error) => console.error('[harness] child', error))
    this.child.on('message', ({ kind, port, data }) => {
      if (kind === 'message') this.emit('message', data)
      else if (kind === 'port') this.ports.get(port)?.postMessage(data)
      else if (kind === 'close') this.ports.get(port)?.close()
    })
  }
  get pid() { return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined }
  get stdout() { return this.child.stdout }
  get stderr() { return this.child.stderr }
  send(message) { if (this.child.connected) this.child.send(message) }
  postMessage(data, transfer = []) {
    const ports = transfer.map((port) => {
      const id = nextPort++
      this.ports.set(id, port)
      port.on('message', (event) => this.send({ kind: 'port', port: id, data: event.data }))
      port.on('close', () => { this.ports.delete(id); this.send({ kind: 'close', port: id }) })
      port.start()
      return id
    })
    this.send({ kind: 'message', data, ports })
  }
  kill() { return this.child.kill('SIGTERM') }
}
module.exports = { ForkedUtility }
