import { describe, expect, it } from 'vitest'
import { add, countPlaywright, countVitest, line, none, oneFailed, onePassed, outcome } from './counts.mjs'

const vitestReport = {
  numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1,
  testResults: [
    { status: 'failed', assertionResults: [{ status: 'failed' }] }, { status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ],
}
const playwrightReport = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 }, errors: [{ message: 'a file that does not load' }] }

describe('counting what was tested', () => {
  it('adds up', () => {
    expect(add()).toEqual(none)
    expect(add({ passed: 1, failed: 2, skipped: 3 }, onePassed, oneFailed)).toEqual({ passed: 2, failed: 3, skipped: 3 })
  })

  it('takes a test file that does not load for a failure', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 5, failed: 2, skipped: 3 })
    expect(countPlaywright(playwrightReport)).toEqual({ passed: 4, failed: 2, skipped: 4 })
  })

  it('never reports success for a runner that failed', () => {
    const fine = { ...vitestReport, numFailedTests: 0, testResults: [] }
    expect(outcome(1, fine, countVitest)).toEqual({ passed: 5, failed: 1, skipped: 3 })
    expect(outcome(-1, null, countVitest)).toEqual(oneFailed)
    expect(outcome(1, vitestReport, countVitest)).toEqual({ passed: 5, failed: 2, skipped: 3 })
    expect(outcome(0, null, countVitest)).toEqual(none)
  })

  it('says it in one line', () => {
    expect(line({ passed: 12, failed: 0, skipped: 3 })).toBe('tests: 12 passed, 0 failed, 3 skipped')
  })
})
