import type { JobView, StudioEvent } from '../../contract/index.js'
import type { TestStudio } from './test-studio.js'

/** Calls `then` at the first event that is wanted. */
export async function atFirst(test: TestStudio, wanted: (event: StudioEvent) => boolean, then: () => unknown): Promise<void> {
  const events = test.studio.services.events.subscribe()
  await events.next()
  void (async () => {
    for (;;) {
      const { value, done } = await events.next()
      if (done) return
      if (!wanted(value.event)) continue
      await events.return?.()
      await then()
      return
    }
  })()
}

/** The newest job of a kind. */
export async function newestJob(test: TestStudio, kind: JobView['kind']): Promise<JobView> {
  const jobs = await test.call.jobs.list({})
  return jobs.filter((job) => job.kind === kind).at(-1)!
}
