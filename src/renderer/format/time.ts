import { locale, t } from '../messages/t.js'

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
const dayAndYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** Hours and minutes, such as 10:42. */
export function formatClock(at: number): string {
  return clock.format(at)
}

/** A day as people say it, with the time where it is near: "Today, 10:42", "12 May", "2 February 2025". */
export function formatWhen(at: number, now = Date.now()): string {
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return t('time.today', { time: formatClock(at) })
  if (days === 1) return t('time.yesterday', { time: formatClock(at) })
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(at) : dayAndYear.format(at)
}

/** The day alone: "Today", "12 May", "2 February 2025". */
export function formatDayShort(at: number, now = Date.now()): string {
  if (dayNumber(now) === dayNumber(at)) return t('lineage.today')
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(at) : dayAndYear.format(at)
}

const months = { short: new Intl.DateTimeFormat(locale, { month: 'short' }), long: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }) }

/** A month that is given as `2026-09`: "Sep", or "September 2026". */
export function formatMonth(month: string, length: 'short' | 'long'): string {
  return months[length].format(new Date(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 1))
}

/** A day without a time: "12 May". */
export function formatDay(at: number): string {
  return dayOfYear.format(at)
}

/** The same inside a sentence: "today, 10:42". */
export function formatWhenInside(at: number, now = Date.now()): string {
  return formatWhen(at, now).replace(/^\p{Lu}/u, (letter) => letter.toLocaleLowerCase(locale))
}

/** Counts calendar days where the person is, so that yesterday evening is yesterday and not "3 hours ago". */
function dayNumber(at: number): number {
  const date = new Date(at)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

/** How long something takes, never more exact than it can be: "4 s", "40 s", "3 min", "1 h 10 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 20) return t('time.seconds', { count: seconds })
  if (seconds < 90) return t('time.seconds', { count: Math.round(seconds / 5) * 5 })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('time.minutes', { count: minutes })
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: Math.round((minutes % 60) / 5) * 5 })
}

/** "about 40 s". */
export function formatAbout(ms: number): string {
  return t('time.about', { time: formatDuration(ms) })
}

/** Time to a first word: "0.4 s". */
export function formatShort(ms: number): string {
  return t('time.seconds', { count: (ms / 1000).toFixed(1) })
}
