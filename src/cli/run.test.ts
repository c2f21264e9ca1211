import { ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { StudioError } from '../contract/index.js'
import { WrongCall, type Command, type CommandContext } from './command.js'
import { commands } from './commands/index.js'
import { plainTextOf } from './plain-text.js'
import { runCommand } from './run.js'
import { pick } from './select.js'

const begun: { userData: string | undefined; asPerson: string | undefined; ended: boolean }[] = []

function run(args: string[], act: Command['run'] = async () => ({ value: { a: 1 }, text: 'done' })) {
  const command: Command = {
    name: 'make', arguments: ['FILE', '[MORE]'], help: 'Makes.', writes: true, run: act,
    options: { seed: { type: 'string', value: 'N', help: 'seed' }, loud: { type: 'boolean', help: 'loud' } },
  }
  return runCommand(args, {
    commands: [command],
    async begin({ userData, asPerson }) {
      const entry = { userData, asPerson, ended: false }
      begun.push(entry)
      return { context: {} as CommandContext, end: async () => { entry.ended = true } }
    },
  })
}

test('a command that is done prints its text, or one line of JSON, and ends with 0', async () => {
  expect(await run(['make', 'a'])).toEqual({ exitCode: 0, out: 'done', error: '' })
  expect(await run(['make', 'a', '--json'])).toEqual({ exitCode: 0, out: '{"a":1}', error: '' })
  expect(begun.at(-1)!.ended).toBe(true)
})

test('arguments and options reach the command wherever they stand', async () => {
  const seen: unknown[] = []
  await run(['--as-person', 'Ada', 'make', '--seed', '7', 'a.galley', '--user-data=/d', 'more', '--loud'], async (_, given) => {
    seen.push(given.argument('FILE'), given.argument('[MORE]'), given.whole('seed', 0, 10), given.flag('loud'))
    return { value: {}, text: '' }
  })
  expect(seen).toEqual(['a.galley', 'more', 7, true])
  expect(begun.at(-1)).toMatchObject({ userData: '/d', asPerson: 'Ada' })
})

test.each([
  [['dance'], /no command/], [['make'], /needs FILE/], [['make', 'a', 'b', 'c'], /c/], [['make', 'a', '--nonsense'], /nonsense/], [['make', 'a', '--seed'], /seed/],
])('the wrong call %j ends with 2 and starts nothing', async (args, message) => {
  const before = begun.length
  const plain = await run(args)
  expect(plain).toMatchObject({ exitCode: 2, out: '' })
  expect(plain.error).toMatch(message)
  const json = await run([...args, '--json'])
  expect(json).toMatchObject({ exitCode: 2, error: '' })
  expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'bad-input' } })
  expect(begun.length).toBe(before)
})

test('a number out of its range is a wrong call', async () => {
  for (const seed of ['-1', '1.5', '11', 'x', '']) {
    const ended = await run(['make', 'a', `--seed=${seed}`], async (_, given) => ({ value: { seed: given.whole('seed', 0, 10) }, text: '' }))
    expect(ended.exitCode).toBe(2)
  }
})

test("what the studio refuses ends with 3 and the error's code, also when it comes through the client", async () => {
  const data = { path: '/a.galley' }
  for (const error of [new StudioError('project-in-use', data), new ORPCError('project-in-use', { data, defined: true })]) {
    const json = await run(['make', 'a', '--json'], () => Promise.reject(error))
    expect(json.exitCode).toBe(3)
    expect(JSON.parse(json.out)).toEqual({ error: { code: 'project-in-use', data } })
    expect(begun.at(-1)!.ended).toBe(true)
    const plain = await run(['make', 'a'], () => Promise.reject(error))
    expect(plain).toEqual({ exitCode: 3, out: '', error: '/a.galley is open in another Galley. Close it there first.' })
  }
  expect(JSON.parse((await run(['make', 'a', '--json'], () => Promise.reject(new Error('oops')))).out)).toEqual({ error: { code: 'internal', data: { detail: 'oops' } } })
})

test('bad news is printed as a result and ends with 3', async () => {
  expect(await run(['make', 'a', '--json'], async () => ({ value: { ok: false }, text: 'damaged', failed: true }))).toEqual({ exitCode: 3, out: '{"ok":false}', error: '' })
})

test('help names every command and every option, and no studio is started for it', async () => {
  const surroundings = { commands, begin: () => Promise.reject(new Error('started')) }
  const all = await runCommand(['--help'], surroundings)
  expect(all.exitCode).toBe(0)
  for (const command of commands) {
    expect(all.out).toContain(command.name)
    const one = await runCommand([command.name, '--help'], surroundings)
    expect(one.exitCode).toBe(0)
    for (const option of [...Object.keys(command.options), 'json', ...(command.writes ? ['as-person'] : [])]) expect(one.out).toContain(`--${option}`)
  }
  expect((await runCommand(['--json'], surroundings)).exitCode).toBe(2)
})

test('an argument that takes several takes all that follow', async () => {
  const command: Command = {
    name: 'bring', arguments: ['FILE', 'PATH…'], options: {}, help: '', writes: false,
    run: async (_, given) => ({ value: { file: given.argument('FILE'), rest: given.rest() }, text: '' }),
  }
  const bring = (...args: string[]) => runCommand(['bring', ...args, '--json'], { commands: [command], begin: async () => ({ context: {} as CommandContext, end: async () => {} }) })
  expect(JSON.parse((await bring('a', 'b', 'c')).out)).toEqual({ file: 'a', rest: ['b', 'c'] })
  expect((await bring('a')).exitCode).toBe(2)
})

const things = [
  { id: 'aaaa1'.padEnd(64, '0'), title: 'Spring' }, { id: 'aaaa2'.padEnd(64, '0'), title: 'Spring tide' }, { id: 'bbbb1'.padEnd(64, '0'), title: 'Autumn' }, { id: 'bbbb2'.padEnd(64, '0'), title: 'autumn' },
]

test('a thing is meant by its id, its title, or a beginning that only it has', () => {
  expect(pick(things, things[2]!.id, 'item')).toBe(things[2])
  expect(pick(things, 'SPRING', 'item')).toBe(things[0])
  expect(pick(things, 'aaaa2', 'item')).toBe(things[1])
  expect(pick(things, 'spring t', 'item')).toBe(things[1])
})

test('what may mean several things is a wrong call that names them, and what means none is not found', () => {
  expect(() => pick(things, 'aaaa', 'item')).toThrow(WrongCall)
  expect(() => pick(things, 'Autumn', 'item')).toThrow(/bbbb1.*bbbb2/)
  expect(() => pick(things, 'winter', 'item')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => pick(things, '', 'item')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('the words of a slice are read from its JSON', () => {
  const paragraph = (...texts: string[]) => ({ type: 'paragraph', content: texts.map((text) => ({ type: 'text', text })) })
  expect(plainTextOf({ content: [paragraph('One ', 'two'), { type: 'bullet_list', content: [{ type: 'list_item', content: [paragraph('three')] }] }] })).toBe('One two\n\nthree')
  expect(plainTextOf({ content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }, { type: 'hard_break' }, { type: 'text', text: 'b' }] }] })).toBe('a\nb')
  expect(plainTextOf(null)).toBe('')
})
