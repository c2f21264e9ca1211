import { useState, type FormEvent } from 'react'
import { t } from '../../messages/t.js'
import { Button } from '../../ui/button.js'
import { isSafeHref } from '../../../document/index.js'
import { setLink } from './formats.js'
import { useStore } from '../../state/store.js'
import type { TextDesk } from './text-desk.js'

/** The address of a link, below the toolbar, while it is being set. */
export function LinkField({ desk }: { readonly desk: TextDesk }) {
  const isShown = useStore(desk.linkField)
  return isShown ? <LinkForm desk={desk} /> : null
}

function LinkForm({ desk }: { readonly desk: TextDesk }) {
  const { link } = useStore(desk.formats)
  const [address, setAddress] = useState(link ?? 'https://')
  const [problem, setProblem] = useState<string | null>(null)

  function close(): void {
    desk.linkField.set(false)
    desk.view?.focus()
  }

  function apply(href: string | null): void {
    if (!desk.view) return
    if (href !== null && !isSafeHref(href)) return setProblem(t('writing.link-unsafe'))
    if (!setLink(href)(desk.view.state, desk.view.dispatch)) return setProblem(t('writing.link-needs-words'))
    close()
  }

  return (
    <form
      className="proposal-bar link-field"
      onSubmit={(event: FormEvent) => { event.preventDefault(); apply(address.trim()) }}
      onKeyDown={(event) => { if (event.key === 'Escape') close() }}
    >
      <input
        className="input" type="text" inputMode="url" autoFocus aria-label={t('writing.link-address')} aria-invalid={problem !== null}
        value={address} onChange={(event) => { setAddress(event.target.value); setProblem(null) }}
      />
      {problem ? <span className="hint hint-error" role="alert">{problem}</span> : null}
      <Button size="small" type="submit">{t('writing.link-set')}</Button>
      {link !== null ? <Button size="small" onPress={() => apply(null)}>{t('writing.link-remove')}</Button> : null}
      <Button size="small" look="quiet" onPress={close}>{t('general.cancel')}</Button>
    </form>
  )
}
