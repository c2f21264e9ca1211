const order = ['desk', 'work', 'inspector', 'queue'] as const
const focusable = '.ProseMirror, [tabindex="0"], button:not([disabled]), input:not([disabled]), textarea, a[href]'

/** Whether letters go into this element. */
export function isWritten(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
}

/** Moves focus to the next (1) or previous (-1) pane that is shown, to where it was there last, else to its first stop. */
export function nextPane(step: 1 | -1): void {
  const panes = order.flatMap((name) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`) ?? [])
  const now = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = now === -1 ? (step === 1 ? 0 : panes.length - 1) : (now + step + panes.length) % panes.length
  const pane = panes[next]
  if (!pane) return
  const last = lastIn.get(pane)
  const target = last && pane.contains(last) ? last : [...pane.querySelectorAll<HTMLElement>(focusable)].find((element) => element.offsetParent !== null)
  // A pane without a stop of its own takes focus itself, so that the next press goes on from there.
  ;(target ?? pane).focus()
}

const lastIn = new WeakMap<Element, HTMLElement>()

/** Notes where focus is, pane by pane. Answers with a function that ends it. */
export function followFocus(): () => void {
  const listen = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    const pane = target.closest('[data-pane]')
    if (pane) lastIn.set(pane, target)
  }
  document.addEventListener('focusin', listen)
  return () => document.removeEventListener('focusin', listen)
}
