import type { MergePart, MergeRun } from '../project/index.js'

/** From where to where each part of a merge goes, as measured with ten thousand changes on each side. Without pictures, staging takes no time. */
const shares: Record<'preview' | 'merge', Partial<Record<MergePart, readonly [from: number, to: number]>>> = {
  preview: { copying: [0, 0.05], examining: [0.05, 1] },
  merge: { copying: [0, 0.03], examining: [0.03, 0.45], staging: [0.45, 0.5], writing: [0.5, 0.62], showing: [0.62, 1] },
}

const steps: Record<MergePart, string> = { copying: 'reading-copy', examining: 'examining-copy', staging: 'merging', writing: 'merging', showing: 'merging' }

/** Tells the progress of a merge or of a look at a copy as one share of the whole. */
export function progressOf(kind: keyof typeof shares, tell: (share: number, step: string) => void): NonNullable<MergeRun['onProgress']> {
  return (part, share) => {
    const [from, to] = shares[kind][part] ?? [0, 1]
    tell(from + (to - from) * share, steps[part])
  }
}
