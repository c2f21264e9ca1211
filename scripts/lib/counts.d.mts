export interface Counts { passed: number; failed: number; skipped: number }
export const none: Counts
export const onePassed: Counts
export const oneFailed: Counts
export function add(...counts: Counts[]): Counts
export function countVitest(report: unknown): Counts
export function countPlaywright(report: unknown): Counts
export function outcome(exitCode: number, report: unknown, count: (report: unknown) => Counts): Counts
export function line(counts: Counts): string
