/** How many places are remembered. */
const most = 30
/** Dialogs and menus give the focus back by themselves within this time, in milliseconds. */
const patience = 150

/**
 * Where what had the focus is taken away (a button that did its work, a dialog that the palette opened), the focus would fall to the
 * page: keys would do nothing, and a reader of the screen would begin again at the top. It goes to the nearest place before instead.
 * Answers with a function that ends it.
 */
export function keepFocus(): () => void {
  const before: { element: HTMLElement; pane: Element | null }[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body
  const note = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return
    before.unshift({ element: target, pane: target.closest('[data-pane]') })
    before.length = Math.min(before.length, most)
  }
  const find = (): void => {
    timer = null
    const [last] = before
    // A press on an empty place of the window takes the focus away as well; there it was meant.
    if (!last || !isLost() || canHave(last.element)) return
    // A dialog is in no pane: what counts is where the person was before it.
    const here = before.find(({ pane }) => pane !== null)?.pane ?? null
    const inPane = before.filter(({ pane }) => pane === here)
    // The pane itself comes before another pane: from there the next Tab reaches what took the place of what is gone.
    const places = [...inPane, ...(here instanceof HTMLElement ? [{ element: here }] : []), ...before, { element: document.querySelector<HTMLElement>('[data-pane="work"]') }]
    for (const { element } of places) {
      if (element && canHave(element)) element.focus({ preventScroll: true })
      if (!isLost()) return
    }
  }
  const look = (): void => {
    if (isLost() && timer === null && before.length > 0) timer = setTimeout(find, patience)
  }
  const changes = new MutationObserver(look)
  changes.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'data-disabled'] })
  document.addEventListener('focusin', note)
  return () => {
    if (timer !== null) clearTimeout(timer)
    changes.disconnect()
    document.removeEventListener('focusin', note)
  }
}

const canHave = (element: HTMLElement): boolean => element.isConnected && element.offsetParent !== null && !element.matches(':disabled, [aria-disabled="true"]')
