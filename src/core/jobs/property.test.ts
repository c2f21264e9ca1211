import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldRunner, imageJob, project, startStudio, textJob, until, type HeldRunner } from './test-queue.js'

const ends = ['done', 'failed', 'cancelled', 'interrupted']

type Act = { readonly do: 'text' | 'image' | 'cancel' | 'move' | 'pause' | 'resume' | 'finish' | 'fail' | 'output' | 'crash' | 'restart' | 'reopen' | 'wait'; readonly n: number }

const acts = fc.array(
  fc.record({
    do: fc.constantFrom<Act['do']>('text', 'image', 'text', 'image', 'cancel', 'move', 'pause', 'resume', 'finish', 'fail', 'output', 'crash', 'restart', 'reopen', 'wait'),
    n: fc.nat(50),
  }),
  { minLength: 5, maxLength: 25 },
)

test('whatever is asked and whenever core dies, every job ends exactly once and no output is lost or made twice', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (sequence) => {
      /** The project: outputs by job, as its recipes would name them. */
      const made = new Map<string, Set<number>>()
      const finished = new Map<string, number>()
      const make = (): { text: HeldRunner; image: HeldRunner } => ({
        text: heldRunner({ lane: 'text', afterRestart: 'interrupt' }),
        image: heldRunner({ lane: 'image', afterRestart: 'continue' }),
      })
      let runners = make()
      const studio = startStudio(runners)
      studio.queue.projectOpened(project, 'handle')
      const ids: string[] = []
      const settled = new Map<string, string>()

      const look = (): void => {
        for (const view of studio.queue.views()) {
          const before = settled.get(view.id)
          if (before !== undefined) expect(view.state, 'an ended job stays as it ended').toBe(before)
          if (ends.includes(view.state)) settled.set(view.id, view.state)
        }
        expect(studio.queue.views().filter((view) => view.state === 'running' && view.kind === 'image').length).toBeLessThanOrEqual(1)
      }
      const running = (n: number): HeldRunner['started'][number] | undefined => {
        const all = [...runners.text.started, ...runners.image.started].filter(({ job, context }) => !context.signal.aborted && studio.queue.view(job.id).state === 'running')
        return all[n % Math.max(1, all.length)]
      }

      for (const act of sequence) {
        const id = ids[act.n % Math.max(1, ids.length)]
        const attempt = (action: () => void): void => {
          try {
            action()
          } catch (error) {
            expect(error).toMatchObject({ name: 'StudioError' })
          }
        }
        if (act.do === 'text' || act.do === 'image') ids.push(studio.queue.enqueue(act.do === 'text' ? textJob : imageJob))
        else if (act.do === 'crash') studio.crash((runners = make()))
        else if (act.do === 'restart') await studio.restart((runners = make()))
        else if (act.do === 'reopen') studio.queue.projectOpened(project, 'handle')
        else if (act.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 2))
        else if (act.do === 'finish' || act.do === 'fail' || act.do === 'output') {
          const entry = running(act.n)
          if (entry === undefined) continue
          if (act.do === 'fail') entry.fail(new Error('broken'))
          else {
            const outputs = made.get(entry.job.id) ?? new Set()
            const next = outputs.size
            expect(entry.job.results.length, 'a job that goes on knows what it made').toBeLessThanOrEqual(next)
            made.set(entry.job.id, outputs.add(next))
            entry.context.output(`${ids.indexOf(entry.job.id)}-${next}`.padEnd(64, '0'))
            if (act.do === 'finish') {
              finished.set(entry.job.id, (finished.get(entry.job.id) ?? 0) + 1)
              entry.finish()
            }
          }
          await new Promise((resolve) => setImmediate(resolve))
        } else if (id !== undefined) {
          if (act.do === 'move') attempt(() => studio.queue.move(id, act.n % 3 === 0 ? null : (ids[(act.n * 7) % ids.length] ?? null)))
          else attempt(() => studio.queue[act.do as 'cancel' | 'pause' | 'resume'](id))
        }
        look()
      }

      // Everything that is left comes to an end when it is let.
      studio.queue.projectOpened(project, 'handle')
      for (const id of ids) if (!ends.includes(studio.queue.view(id).state)) studio.queue.resume(id)
      await until(() => {
        const entry = running(0)
        if (entry !== undefined) {
          finished.set(entry.job.id, (finished.get(entry.job.id) ?? 0) + 1)
          entry.finish()
        }
        look()
        return studio.queue.views().every((view) => ends.includes(view.state))
      })
      expect(studio.queue.views().map((view) => view.id).sort()).toEqual([...ids].sort())
      for (const view of studio.queue.views()) {
        expect(finished.get(view.id) ?? 0, 'a job is finished at most once').toBeLessThanOrEqual(1)
        expect(finished.get(view.id) === 1).toBe(view.state === 'done')
        expect(view.results.length).toBe(made.get(view.id)?.size ?? 0)
      }
      await studio.end()
    }),
    { numRuns: 60 },
  )
}, 60_000)
