import type { JobView } from '../../../contract/index.js'
import { LiveText } from './live-text.js'
import { afterBlockAt, hideLive, showLive } from './live-proposals.js'
import type { OpenText } from './open-text.js'

/** Where the words of asked-for jobs will go, by job; remembered from asking, because a job does not say it. */
const places = new Map<string, number>()

export const notePlace = (job: string, position: number | null): void => { if (position !== null) places.set(job, position) }

const shownStates: ReadonlySet<JobView['state']> = new Set(['waiting', 'running', 'failed', 'interrupted'])

const hasFailed = ({ state }: JobView): boolean => state === 'failed' || state === 'interrupted'

/** The text jobs of one item while they run, shown where their words will go, and never as a part of the text. */
export class LiveJobs {
  private readonly texts = new Map<string, LiveText>()
  private readonly hidden = new Set<string>()
  private readonly asking = new Set<string>()
  /** When the newest text job of the item was made: a draft that failed before it is of no interest any more. */
  private newest = 0
  private ready = false
  private readonly endings: (() => void)[]

  constructor(private readonly desk: OpenText) {
    this.endings = [
      desk.services.onEvent((event) => {
        if (event.type === 'job.changed' && (event.item === desk.place.item || this.texts.has(event.job))) void this.look(event.job)
        if (event.type === 'job.progressed' && event.item === desk.place.item && event.text) this.stream(event.job, event.text)
      }),
      desk.services.onConnection((isOpen) => { if (isOpen) void this.lookAtAll() }),
      desk.session.onStatus(() => {
        if (this.ready || !desk.session.state) return
        this.ready = true
        void this.lookAtAll()
      }),
    ]
  }

  dispose(): void {
    for (const end of this.endings) end()
  }

  private stream(job: string, { from, delta }: { from: number; delta: string }): void {
    // A gap: some words were missed, so all of them are asked for.
    if (!this.texts.get(job)?.append(from, delta)) void this.look(job)
  }

  async lookAtAll(): Promise<void> {
    const { services, place } = this.desk
    const jobs = await services.jobs(place.project).catch(() => [])
    const own = jobs.filter((job) => job.kind === 'text' && job.item === place.item)
    for (const job of own.sort((one, other) => other.createdAt - one.createdAt)) this.show(job)
  }

  private async look(job: string): Promise<void> {
    if (this.asking.has(job)) return
    this.asking.add(job)
    try {
      this.show(await this.desk.services.job(job))
    } catch {
      this.hide(job)
    } finally {
      this.asking.delete(job)
    }
  }

  private show(job: JobView): void {
    if (!this.desk.session.state || job.item !== this.desk.place.item || job.kind !== 'text') return
    this.passBy(job)
    if (!shownStates.has(job.state) || this.hidden.has(job.id) || (hasFailed(job) && job.createdAt < this.newest)) {
      this.hide(job.id)
      return
    }
    const known = this.texts.get(job.id)
    if (known) {
      known.update(job)
      return
    }
    const { services } = this.desk
    const text = new LiveText(job, {
      stop: () => { void services.cancelJob(job.id).catch(() => undefined) },
      retry: () => {
        this.hidden.add(job.id)
        void services.retryJob(job.id).then((retried) => {
          notePlace(retried.job, places.get(job.id) ?? null)
          this.hide(job.id)
          void this.look(retried.job)
        }, () => { this.hidden.delete(job.id) })
      },
      dismiss: () => {
        this.hidden.add(job.id)
        this.hide(job.id)
        void services.dismissJob(job.id).catch(() => undefined)
      },
    })
    this.texts.set(job.id, text)
    const { state } = this.desk.session
    const tr = showLive(state.tr.setMeta('addToHistory', false), { job: job.id, element: text.element }, afterBlockAt(state, places.get(job.id) ?? null))
    this.desk.session.dispatch(tr)
    // The words of a job that was just asked for come into sight; a person who types keeps the place.
    if (places.has(job.id) || !hasFailed(job)) requestAnimationFrame(() => { if (!this.desk.view?.hasFocus()) text.element.scrollIntoView({ block: 'nearest' }) })
  }

  /** A newer job takes the place of those that failed before it, also where it was asked for elsewhere. */
  private passBy(job: JobView): void {
    if (job.createdAt <= this.newest) return
    this.newest = job.createdAt
    for (const [id, { failed }] of this.texts) {
      if (!failed) continue
      const place = places.get(id)
      if (place !== undefined && !places.has(job.id)) places.set(job.id, place)
      this.hide(id)
    }
  }

  private hide(job: string): void {
    if (!this.texts.delete(job)) return
    this.desk.session.dispatch(hideLive(this.desk.session.state!.tr.setMeta('addToHistory', false), job))
  }
}
