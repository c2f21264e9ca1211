import { ORPCError } from '@orpc/client'
import { describe, expect, test, vi } from 'vitest'
import { StudioError } from '../../contract/index.js'
import { createConnection, type PlainLink } from './connection.js'
import { createLink } from './link.js'
import { ConnectionLost, NotConnected } from './lost.js'

const never: PlainLink = { call: () => new Promise(() => undefined) }
const answers = (value: unknown): PlainLink => ({ call: async () => value })
const fails = (error: unknown): PlainLink => ({ call: () => Promise.reject(error) })
const call = (link: PlainLink, signal?: AbortSignal): Promise<unknown> =>
  link.call(['system', 'about'], undefined, { context: {}, ...(signal ? { signal } : {}) })

describe('the connection to core', () => {
  test('a call made before there is a channel waits for it', async () => {
    const connection = createConnection()
    const answer = call(createLink(connection))
    connection.use(answers('here'))
    expect(await answer).toBe('here')
  })

  test('a call waits no longer than its patience', async () => {
    vi.useFakeTimers()
    const answer = call(createLink(createConnection(10_000)))
    const failure = expect(answer).rejects.toBeInstanceOf(NotConnected)
    await vi.advanceTimersByTimeAsync(9_999)
    await vi.advanceTimersByTimeAsync(1)
    await failure
    vi.useRealTimers()
  })

  test('calls on their way are rejected when their channel is lost', async () => {
    const connection = createConnection()
    const lose = connection.use(never)
    const answer = call(createLink(connection))
    await Promise.resolve()
    lose()
    await expect(answer).rejects.toBeInstanceOf(ConnectionLost)
    expect(connection.state()).toBe('lost')
  })

  test('a fresh channel rejects what was on its way over the one before', async () => {
    const connection = createConnection()
    connection.use(never)
    const answer = call(createLink(connection))
    await Promise.resolve()
    connection.use(answers('later'))
    await expect(answer).rejects.toBeInstanceOf(ConnectionLost)
    expect(await call(createLink(connection))).toBe('later')
    expect(connection.state()).toBe('open')
  })

  test('losing an older channel leaves the present one open', () => {
    const connection = createConnection()
    const loseFirst = connection.use(never)
    connection.use(never)
    loseFirst()
    expect(connection.state()).toBe('open')
  })

  test('a caller who gives up while waiting is rejected with their own reason', async () => {
    const controller = new AbortController()
    const answer = call(createLink(createConnection()), controller.signal)
    controller.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })

  test('a transport that fails just before its channel is known to be lost says so', async () => {
    const connection = createConnection()
    const lose = connection.use(fails(new Error('queue was closed')))
    const answer = call(createLink(connection))
    queueMicrotask(() => queueMicrotask(lose))
    await expect(answer).rejects.toBeInstanceOf(ConnectionLost)
  })

  test('an error of the contract arrives as it was thrown in core', async () => {
    const connection = createConnection()
    connection.use(fails(new ORPCError('project-in-use', { defined: true, data: { path: '/a.galley' } })))
    await expect(call(createLink(connection))).rejects.toEqual(new StudioError('project-in-use', { path: '/a.galley' }))
  })

  test('an error that is not of the contract becomes an internal one', async () => {
    const connection = createConnection()
    connection.use(fails(new ORPCError('INTERNAL_SERVER_ERROR')))
    await expect(call(createLink(connection))).rejects.toMatchObject({ code: 'internal' })
  })
})
