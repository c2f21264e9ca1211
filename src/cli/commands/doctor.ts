import type { Command } from '../command.js'

export const doctorCommand: Command = {
  name: 'doctor',
  arguments: [],
  options: {},
  help: 'Tries every part of this installation and says what to do.',
  writes: false,
  async run({ client }) {
    const { checks } = await client.system.doctor()
    const lines = checks.map(({ name, ok, detail, next }) => `${ok ? 'ok ' : 'BAD'}  ${name}: ${detail}${ok || next === '' ? '' : `\n     ${next}`}`)
    return { value: { checks }, text: lines.join('\n'), failed: checks.some((check) => !check.ok) }
  },
}
