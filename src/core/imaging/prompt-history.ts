import type { PromptUse } from '../../contract/index.js'
import type { ProjectReader } from '../project/index.js'

const PAGE = 100
/** More versions than these, counted from the newest of each image, are not looked through. */
const MOST_VERSIONS = 20_000

type Use = { -readonly [K in keyof PromptUse]: PromptUse[K] }

/** Prompts of a project's pictures, newest first, each once, with how many pictures were made with it and kept. */
export async function readPromptHistory(project: ProjectReader, { search = '', limit }: { search?: string; limit: number }): Promise<PromptUse[]> {
  const wanted = search.normalize('NFC').toLowerCase()
  const uses = new Map<string, Use>()
  let looked = 0
  const items = project.items().filter((one) => one.kind === 'image' && !one.deleted).sort((a, b) => b.changedAt - a.changedAt)
  for (const item of items) {
    for (let before: number | undefined; looked < MOST_VERSIONS; ) {
      const rows = project.versions(item.id, { before, limit: PAGE })
      looked += rows.length
      for (const { id, fact: { at, recipe } } of rows) {
        if (recipe.by !== 'image-model' || recipe.operation === 'upscale') continue
        const { prompt, negativePrompt } = recipe
        if (wanted !== '' && !`${prompt}\n${negativePrompt}`.normalize('NFC').toLowerCase().includes(wanted)) continue
        const key = JSON.stringify([prompt, negativePrompt])
        const use = uses.get(key) ?? { prompt, negativePrompt, at, made: 0, kept: 0, version: id, recipe }
        if (at > use.at) Object.assign(use, { at, version: id, recipe })
        use.made++
        if (project.register(id, 'picked') === true) use.kept++
        uses.set(key, use)
      }
      if (rows.length < PAGE) break
      before = rows.at(-1)!.ordinal
      // A project of many thousand pictures must not hold up what is typed meanwhile.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
  return [...uses.values()].sort((a, b) => b.at - a.at).slice(0, limit)
}
