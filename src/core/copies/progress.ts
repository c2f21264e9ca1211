import type { MergePart, MergeRun } from '../project/index.js'

/** Which part of the time each part of a merge takes, as measured with ten thousand changes on each side. Without blobs, staging takes none. */
const shares: Record<'preview' | 'merge', Partial<Record<MergePart, readonly [from: number, to: number]>>> = {
  preview: { copying: [0, 0.15], examining: [0.15, 1] },
  merge: { copying: [0, 0.05], examining: [0.05, 0.35], staging: [0.35, 0.5], writing: [0.5, 0.65], showing: [0.65, 1] },
}

const steps: Record<MergePart, string> = { copying: 'reading-copy', examining: 'examining-copy', staging: 'merging', writing: 'merging', showing: 'merging' }

/** Tells the progress of a merge or of a look at a copy as one share of the whole. */
export function progressOf(kind: keyof typeof shares, tell: (share: number, step: string) => void): NonNullable<MergeRun['onProgress']> {
  return (part, share) => {
    const [from, to] = shares[kind][part] ?? [0, 1]
    tell(from + (to - from) * share, steps[part])
  }
}
