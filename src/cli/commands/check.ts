import type { Command } from '../command.js'

export const checkCommand: Command = {
  name: 'check',
  arguments: ['FILE'],
  options: { rebuild: { type: 'boolean', help: 'make everything that follows from the history again' } },
  help: 'Reads all of a project and says whether it is whole.',
  writes: false,
  async run({ client, resolve }, given) {
    const path = resolve(given.argument('FILE'))
    const report = await client.projects.check({ path, rebuild: given.flag('rebuild') })
    const counts = `${report.commits} commits, ${report.versions} versions, ${report.blobs} blobs`
    if (report.ok) return { value: report, text: `${path} is whole: ${counts}.` }
    const first = report.problems[0]
    return {
      value: { ...report, error: { code: 'project-damaged', data: { path, detail: first?.detail ?? '' } } },
      text: [`${path} is damaged (${counts}):`, ...report.problems.map(({ code, detail }) => `  ${code}: ${detail}`)].join('\n'),
      failed: true,
    }
  },
}
