import { useEffect, useRef, useState } from 'react'
import { t } from '../../messages/t.js'

interface ItemTitleProps {
  readonly title: string
  readonly isReadOnly: boolean
  readonly onRename: (title: string) => void
  /** Enter and the down arrow go on into the text. */
  readonly onLeave: () => void
}

/** The item's title as the heading of its text. Writing it renames the item. */
export function ItemTitle({ title, isReadOnly, onRename, onLeave }: ItemTitleProps) {
  const [value, setValue] = useState(title)
  const field = useRef<HTMLTextAreaElement>(null)
  const isFocused = useRef(false)
  useEffect(() => { if (!isFocused.current) setValue(title) }, [title])
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = '0'
    element.style.height = `${element.scrollHeight}px`
  })

  function commit(): void {
    isFocused.current = false
    const next = value.replace(/\s+/g, ' ').trim()
    if (next === '' || next === title) return setValue(title)
    onRename(next)
  }

  return (
    <h1 className="item-title">
      <textarea
        ref={field} rows={1} value={value} aria-label={t('writing.title')} readOnly={isReadOnly} maxLength={300} spellCheck={false}
        onFocus={() => { isFocused.current = true }}
        onBlur={commit}
        onChange={(event) => setValue(event.target.value.replace(/\n/g, ' '))}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') { setValue(title); onLeave() }
          const isAtEnd = event.currentTarget.selectionStart === value.length
          if (event.key !== 'Enter' && !(event.key === 'ArrowDown' && isAtEnd)) return
          event.preventDefault()
          onLeave()
        }}
      />
    </h1>
  )
}
