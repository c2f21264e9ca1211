// Adding up what the test runners report.

export const none = { passed: 0, failed: 0, skipped: 0 }
export const onePassed = { passed: 1, failed: 0, skipped: 0 }
export const oneFailed = { passed: 0, failed: 1, skipped: 0 }

export function add(...counts) {
  return counts.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed, skipped: sum.skipped + each.skipped }), none)
}

/** Counts of a vitest JSON report. A file that could not even be loaded holds no tests and counts as one failure. */
export function countVitest(report) {
  const unloadable = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable, skipped: report.numPendingTests + report.numTodoTests }
}

/** Counts of a Playwright JSON report. Errors outside of tests count as failures. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped }
}

/** What a runner led to: its report's counts, but never without a failure where it failed. */
export function outcome(exitCode, report, count) {
  const counts = report === null ? none : count(report)
  return exitCode !== 0 && counts.failed === 0 ? add(counts, oneFailed) : counts
}

export function line({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`
}
