import type { JobView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { explainRecord } from '../../problem.js'

interface LiveActions {
  stop: () => void
  retry: () => void
  dismiss: () => void
}

/**
 * The words of a running text job as one element. New words are appended to a text node as they come: no transaction,
 * no component, so a model that writes fast costs the editor nothing.
 */
export class LiveText {
  readonly element = document.createElement('div')
  private readonly words = document.createElement('div')
  private readonly foot = document.createElement('div')
  private readonly count = document.createElement('span')
  private readonly node = document.createTextNode('')
  private state: JobView['state'] | null = null

  constructor(job: JobView, private readonly actions: LiveActions) {
    this.element.className = 'live-proposal'
    this.element.contentEditable = 'false'
    this.element.setAttribute('role', 'group')
    this.element.setAttribute('aria-label', t('live.label'))
    this.words.className = 'live-words'
    this.words.append(this.node)
    this.foot.className = 'live-foot'
    this.count.setAttribute('role', 'status')
    this.element.append(this.words, this.foot)
    this.update(job)
  }

  get failed(): boolean { return this.state === 'failed' || this.state === 'interrupted' }

  update(job: JobView): void {
    // The answer may be older than the words that came by event since; those that only go on are kept.
    if (job.text) this.node.data = this.node.data.startsWith(job.text) ? this.node.data : job.text
    if (job.state !== this.state) this.draw(job)
    this.recount()
  }

  /** Adds words that stand at a character of the job's text. False where some before them are missing. */
  append(from: number, delta: string): boolean {
    if (from > this.node.length) return false
    // What came before is sent again after a reconnect; the part that is new is what counts.
    const fresh = delta.slice(this.node.length - from)
    if (fresh !== '') this.grow(fresh)
    if (this.state === 'waiting') return false
    this.recount()
    return true
  }

  /** A person who has the end of the words in sight, and is not typing, goes on seeing it. */
  private grow(fresh: string): void {
    const { element } = this
    const scroll = element.closest('.work-scroll')
    const isFollowed = scroll !== null && !element.parentElement?.contains(document.activeElement)
      && element.getBoundingClientRect().bottom <= scroll.getBoundingClientRect().bottom + 1
    this.node.appendData(fresh)
    if (isFollowed) element.scrollIntoView({ block: 'nearest' })
  }

  private recount(): void {
    if (this.state === 'running') this.count.textContent = t('live.words', { count: this.node.data.match(/\S+/g)?.length ?? 0 })
  }

  private draw(job: JobView): void {
    this.state = job.state
    this.element.dataset['state'] = job.state
    if (job.state === 'waiting') this.count.textContent = t('live.waiting')
    else if (job.state === 'interrupted') this.count.textContent = t('live.interrupted')
    else if (job.state === 'failed') this.count.textContent = job.error ? explainRecord(job.error).sentence : t('live.failed')
    const buttons = this.failed
      ? [button(t('live.retry'), this.actions.retry), button(t('live.dismiss'), this.actions.dismiss)]
      : [button(t('live.stop'), this.actions.stop)]
    this.foot.replaceChildren(this.count, ...buttons)
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'button button-small'
  element.textContent = text
  element.addEventListener('click', act)
  return element
}
